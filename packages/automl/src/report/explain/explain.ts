// The explanation of the chosen model by the columns of its table: what it loses without each, and
// what each contributes. Rows that it was not trained on are taken where there are some.
import {
  type ColumnImportance,
  evaluateClassification,
  evaluateRegression,
  importancesOf,
} from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import type { SearchInput, SearchResult } from '../../search/search-types.ts';
import { codesAt, numbersAt, rowsWithTarget } from '../evaluated-rows.ts';
import type { Explanation } from '../report-types.ts';
import { chosenColumns, type KnownTarget } from './chosen-columns.ts';
import { columnLimit, permutationSize, predictionBudget } from './explanation-size.ts';
import { withColumnFrom } from './mixed-table.ts';
import { sampleOf } from './sample-rows.ts';
import { shapSummary } from './shap-summary.ts';

const rowsToChooseBy = 1000;

/**
 * Null where no row has a target, or the model reads no column.
 * @param now milliseconds, by which the model's time is measured.
 */
export function explain(
  input: SearchInput,
  result: SearchResult,
  now: () => number = () => performance.now(),
): Explanation | null {
  const { source, table } = explainedTable(input);
  const known = rowsWithTarget(table, result);
  const inputs = result.model.inputs.map(({ name }) => name);
  if (known.length === 0 || inputs.length === 0) return null;
  const budget = predictionBudget(result, table, known, now);
  const target = targetOf(table, known, result);
  const names = chosenColumns(table, inputs, target, columnLimit(budget));
  const { nRepeats, rowCount } = permutationSize(budget, names.length);
  const rows = sampleOf(known, rowCount, result.settings.seed);
  const sample = table.takeRows(rows);
  const scorer = scorerOf(input, result, sample, names);
  const importances = importancesOf(names, rows.length, scorer, {
    nRepeats,
    randomState: result.settings.seed,
    direction: result.metricDirection,
  });
  return {
    source,
    rowCount: rows.length,
    metric: result.primaryMetric,
    importances: importances.map(withoutNoise).toSorted((a, b) => b.mean - a.mean),
    shap: shapSummary(result, sample.select(inputs), names, budget),
  };
}

/** Of few rows: the target serves to choose columns by. */
function targetOf(table: Table, known: Int32Array, result: SearchResult): KnownTarget {
  const rows = sampleOf(known, rowsToChooseBy, result.settings.seed);
  const column = table.column(result.settings.targetColumn);
  const { classes } = result.model;
  if (classes === null) return { rows, values: numbersAt(column, rows), classCount: null };
  const values = Float64Array.from(codesAt(column, rows, classes));
  return { rows, values, classCount: classes.length };
}

/** What sums of many numbers leave where nothing was lost. */
function withoutNoise(importance: ColumnImportance): ColumnImportance {
  return Math.abs(importance.mean) < 1e-12 ? { ...importance, mean: 0 } : importance;
}

function explainedTable({ train, validation, test }: SearchInput) {
  if (test !== undefined) return { source: 'test', table: test } as const;
  if (validation !== undefined) return { source: 'validation', table: validation } as const;
  return { source: 'train', table: train } as const;
}

type Scorer = (column: number, order: Int32Array | null) => number;

function scorerOf(
  input: SearchInput,
  result: SearchResult,
  sample: Table,
  names: readonly string[],
): Scorer {
  const features = sample.select(result.model.inputs.map(({ name }) => name));
  const score = scoreOf(input, result, sample);
  return (column, order) =>
    score(order === null ? features : withColumnFrom(features, names[column], order));
}

/** The primary metric of the model on these features, against the sample's truth. */
function scoreOf(input: SearchInput, result: SearchResult, sample: Table): (of: Table) => number {
  const { model, primaryMetric, settings } = result;
  const target = sample.column(settings.targetColumn);
  const rows = allRows(sample);
  const only = [primaryMetric];
  const onlyValue = (values: ReadonlyMap<string, number>) => [...values.values()][0];
  const { classes } = model;
  if (classes !== null) {
    const labels = Array.from(codesAt(target, rows, classes), (code) => classes[code]);
    const positive = classes.find((label) => String(label) === settings.positiveLabel);
    const options = positive === undefined ? { only } : { only, positiveLabel: positive };
    return (of) =>
      onlyValue(evaluateClassification(labels, model.predictProbabilities(of), classes, options));
  }
  const truth = numbersAt(target, rows);
  const trainRange = targetRange(input.train, settings.targetColumn);
  return (of) => {
    const predicted = Float64Array.from(model.predict(of), Number);
    return onlyValue(evaluateRegression(truth, predicted, { only, trainRange }));
  };
}

function targetRange(table: Table, name: string) {
  const values = numbersAt(table.column(name), allRows(table)).filter((value) =>
    Number.isFinite(value),
  );
  return {
    min: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    max: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  };
}

function allRows({ rowCount }: Table): Int32Array {
  return Int32Array.from({ length: rowCount }, (_, row) => row);
}
