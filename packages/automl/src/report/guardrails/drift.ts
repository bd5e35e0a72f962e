// Drift between the training rows and later ones, by the population stability index (PSI): the sum
// over groups of (p - q) · ln(p / q). By custom, above 0.1 is some drift and above 0.25 is much.
import type { Column, Table } from '@ridgeline/tabular';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';
import { edgesOf, evenly, type Groups, groupsBetween } from './column-codes.ts';
import { featureColumns, finding, type GuardrailInput, guardrail, percent } from './guardrail.ts';

const much = 0.25;
const groupCount = 10;
const mostLevels = 50;
const mostRows = 20_000;
const mostCells = 5_000_000;

/** None without later rows. */
export function drift(input: GuardrailInput): Guardrail | null {
  if (input.later === null) return null;
  const { name } = input.later;
  const table = sampleOfTable(input.later.table);
  const train = sampleOfTable(input.train);
  const findings = featureColumns({ ...input, train }).flatMap((column): GuardrailFinding[] => {
    if (!table.columnNames.includes(column.name)) return [];
    const other = table.column(column.name);
    return [
      ...driftOf(column, other, train, table, name),
      ...newLevels(input.train.column(column.name), other, table, name),
    ];
  });
  return guardrail('drift', `Drift between the training and the ${name} data`, findings);
}

/** So many rows tell a distribution well enough. */
function sampleOfTable(table: Table): Table {
  const most = Math.min(mostRows, Math.max(500, Math.floor(mostCells / table.columnNames.length)));
  return table.rowCount <= most ? table : table.takeRows(evenly(table.rowCount, most));
}

function driftOf(
  column: Column,
  other: Column,
  train: Table,
  later: Table,
  name: string,
): readonly GuardrailFinding[] {
  const groups = commonGroups(column, other, train, later);
  if (groups === null) return [];
  const index = stabilityIndex(groups[0], groups[1]);
  // What samples of this size differ by when nothing has changed; twice that is rare.
  const chance = (groups[0].count - 1) * (1 / train.rowCount + 1 / later.rowCount);
  if (index <= much + 2 * chance) return [];
  const what = `column '${column.name}' is distributed differently in the ${name} data (PSI ${index.toFixed(2)})`;
  return [
    finding('alerted', column.name, `${what}; scores there may differ for that reason`, index),
  ];
}

/** Both columns in the same groups; null where they are of different kinds. */
function commonGroups(
  column: Column,
  other: Column,
  train: Table,
  later: Table,
): readonly [Groups, Groups] | null {
  const [rows, laterRows] = [allRows(train), allRows(later)];
  if (column.type === 'string' && other.type === 'string') {
    return levelGroups(textsOf(column, rows), textsOf(other, laterRows));
  }
  if (column.type === 'string' || other.type === 'string') return null;
  const edges = edgesOf(column.values, rows, groupCount);
  return [groupsBetween(column.values, rows, edges), groupsBetween(other.values, laterRows, edges)];
}

/** The most frequent levels of the first are groups of their own; all other levels are one. */
function levelGroups(
  first: readonly (string | null)[],
  second: readonly (string | null)[],
): readonly [Groups, Groups] {
  const counts = new Map<string | null, number>();
  for (const text of first) counts.set(text, (counts.get(text) ?? 0) + 1);
  const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, mostLevels);
  const codeOf = new Map(frequent.map(([text], code) => [text, code]));
  const count = codeOf.size + 1;
  const coded = (texts: readonly (string | null)[]): Groups => {
    return { count, codes: Int32Array.from(texts, (text) => codeOf.get(text) ?? count - 1) };
  };
  return [coded(first), coded(second)];
}

function stabilityIndex(a: Groups, b: Groups): number {
  const [p, q] = [sharesOf(a), sharesOf(b)];
  return p.reduce((sum, share, i) => sum + (share - q[i]) * Math.log(share / q[i]), 0);
}

/** Half a row is added to each group, so that an empty one has a logarithm. */
function sharesOf({ codes, count }: Groups): Float64Array {
  const counts = new Float64Array(count).fill(0.5);
  for (const code of codes) counts[code]++;
  return counts.map((value) => value / (codes.length + 0.5 * count));
}

function newLevels(
  column: Column,
  other: Column,
  later: Table,
  name: string,
): readonly GuardrailFinding[] {
  if (column.type !== 'string' || other.type !== 'string') return [];
  const known = new Set(
    Array.from(new Set(column.codes), (code) => column.dictionary[code] ?? null),
  );
  const texts = textsOf(other, allRows(later));
  const unknown = texts.filter((text) => text !== null && !known.has(text));
  const share = unknown.length / later.rowCount;
  if (share < 0.05) return [];
  const example = String(unknown[0]).slice(0, 40);
  const what = `column '${column.name}' has levels in ${percent(share)} of the ${name} rows that training never saw, such as '${example}'`;
  return [finding('alerted', column.name, what, share)];
}

function textsOf(column: Column, rows: Int32Array): readonly (string | null)[] {
  if (column.type !== 'string') return [];
  return Array.from(rows, (row) => column.dictionary[column.codes[row]] ?? null);
}

function allRows({ rowCount }: Table): Int32Array {
  return Int32Array.from({ length: rowCount }, (_, row) => row);
}
