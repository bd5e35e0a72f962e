// Contributions of the columns, over rows, as a summary: mean sizes, and a cloud of points a column.
import type { Cell, Table } from '@ridgeline/tabular';
import type { SearchResult } from '../../search/search-types.ts';
import { positiveOf } from '../evaluated-rows.ts';
import type { ShapColumn, ShapSummary } from '../report-types.ts';
import { shortened } from '../svg/element.ts';
import { sampleOf } from './sample-rows.ts';
import { type SampledShap, sampledShap } from './sampled-shap.ts';

const mostBackground = 16;
const fewestBackground = 2;
const wideTable = 1000;
const mostRows = 150;
/** Rows that are explained before each is explained against more of the background. */
const usualRows = 10;
const fewestRows = 3;
const mostOutputs = 10;

interface Output {
  readonly name: string;
  /** Column of the probabilities; null of a regression. */
  readonly code: number | null;
}

/**
 * @param table rows to choose from, with the columns that the model reads and no others.
 * @param names the columns to explain one by one; the others are one.
 */
export function shapSummary(
  result: SearchResult,
  table: Table,
  names: readonly string[],
  budget: number,
): ShapSummary {
  const { seed } = result.settings;
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const groups = groupsOfColumns(table, names);
  const { backgroundCount, rowCount } = sizeOf(table, groups.length, budget);
  const rows = sampleOf(all, rowCount, seed);
  const outputs = outputsOf(result);
  const shap = sampledShap({
    table,
    groups: groups.map(({ columns }) => columns),
    rows,
    background: sampleOf(all, backgroundCount, (seed + 1) % 2 ** 32),
    outputCount: outputs.length,
    predict: predictorOf(result, outputs),
    seed,
  });
  return {
    outputs: outputs.map(({ name }, k) => ({ name, baseValue: rounded(shap.baseValues[k]) })),
    columns: columnsOf(table.takeRows(rows), groups, shap, outputs.length),
  };
}

/** @param budget rows that may be predicted. */
function sizeOf({ columnNames }: Table, groupCount: number, budget: number) {
  const predictionsOf = (background: number) => 2 * background * (groupCount + 1);
  let backgroundCount = columnNames.length > wideTable ? mostBackground / 4 : mostBackground;
  while (
    backgroundCount > fewestBackground &&
    predictionsOf(backgroundCount) * usualRows > budget
  ) {
    backgroundCount /= 2;
  }
  const affordable = Math.floor(budget / predictionsOf(backgroundCount));
  return { backgroundCount, rowCount: Math.min(mostRows, Math.max(fewestRows, affordable)) };
}

interface Group {
  readonly name: string;
  readonly columns: readonly number[];
}

function groupsOfColumns(table: Table, names: readonly string[]): readonly Group[] {
  const chosen = new Set(names);
  const all = table.columnNames.map((name, index) => ({ name, columns: [index] }));
  const own = all.filter(({ name }) => chosen.has(name));
  const others = all.filter(({ name }) => !chosen.has(name)).flatMap(({ columns }) => columns);
  const rest = { name: `${others.length} other columns`, columns: others };
  return others.length === 0 ? own : [...own, rest];
}

/** The target; of two classes the positive one; of more the positive one and those beside it. */
function outputsOf(result: SearchResult): readonly Output[] {
  const { classes, targetName } = result.model;
  if (classes === null) return [{ name: targetName, code: null }];
  const positive = positiveOf(result);
  const first = { name: `${targetName} = ${classes[positive]}`, code: positive };
  if (classes.length === 2) return [first];
  const others = classes.map((label, code) => ({ name: `${targetName} = ${label}`, code }));
  return [first, ...others.filter(({ code }) => code !== positive)].slice(0, mostOutputs);
}

function predictorOf({ model }: SearchResult, outputs: readonly Output[]) {
  return (table: Table): Float64Array => {
    if (model.classes === null) return Float64Array.from(model.predict(table), Number);
    const { values, columnCount, rowCount } = model.predictProbabilities(table);
    const chosen = new Float64Array(rowCount * outputs.length);
    for (let at = 0; at < chosen.length; at++) {
      const { code } = outputs[at % outputs.length];
      chosen[at] = values[Math.floor(at / outputs.length) * columnCount + (code ?? 0)];
    }
    return chosen;
  };
}

function columnsOf(
  explained: Table,
  groups: readonly Group[],
  { values }: SampledShap,
  outputCount: number,
): readonly ShapColumn[] {
  const { rowCount, columnNames } = explained;
  const at = (i: number, g: number, k: number) => values[(i * groups.length + g) * outputCount + k];
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  const columns = groups.map(({ name, columns: [index, second] }, g): ShapColumn => {
    const byOutput = Array.from({ length: outputCount }, (_, k) => {
      return rows.reduce((sum, i) => sum + Math.abs(at(i, g, k)), 0) / rowCount;
    });
    const cells = second === undefined ? shownCells(explained, columnNames[index]) : null;
    return {
      name,
      meanAbsolute: rounded(byOutput.reduce((sum, value) => sum + value, 0) / outputCount),
      byOutput: byOutput.map(rounded),
      points: rows.map((i) => {
        return { value: cells?.[i] ?? null, contribution: rounded(at(i, g, 0)) };
      }),
    };
  });
  return columns.sort((a, b) => b.meanAbsolute - a.meanAbsolute);
}

/** Long texts are cut: a report shows values, and does not hold the data. */
function shownCells(table: Table, name: string): readonly Cell[] {
  return table
    .select([name])
    .toRows()
    .map((row) => (typeof row[name] === 'string' ? shortened(row[name]) : row[name]));
}

/** Six digits: more are noise of the sampling, and make the file large. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
