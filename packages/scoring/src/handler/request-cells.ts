// The rows of a body as rows of cells in the order of a model's columns. Each mistake names its row
// and column, as `data/3 (column 'BMI')`; no value is repeated.

import type { TabularModel } from '@ridgeline/learn';
import { type Cell, didYouMean } from '@ridgeline/tabular';
import { invalidBody, isRecord, kindOf, type ReadBody, shorten } from './request-body.ts';

type InputColumn = TabularModel['inputs'][number];

/** @throws ScoringError REQUEST_BODY_INVALID. */
export function cellsOf(body: ReadBody, inputs: readonly InputColumn[]): Cell[][] {
  const { rows, columns, place } = body;
  const order = columns === null ? null : orderOf(inputs, columns, place);
  const width = columns?.length ?? inputs.length;
  return rows.map((row, i) => {
    const where = `${place}/${i}`;
    if (Array.isArray(row)) return ofList(row, inputs, order, width, where);
    if (isRecord(row) && columns === null) return ofRecord(row, inputs, where);
    const expected = columns === null ? 'array or object' : 'array';
    throw invalidBody(`${where} must be ${expected}, not ${kindOf(row)}`);
  });
}

/** Where each column of the model stands among those that are given; -1 where it may be left out. */
function orderOf(
  inputs: readonly InputColumn[],
  columns: readonly string[],
  place: string,
): readonly number[] {
  return inputs.map((input) => {
    const index = columns.indexOf(input.name);
    if (index === -1) checkAbsent(input, columns, inputs, place);
    return index;
  });
}

function ofList(
  row: readonly unknown[],
  inputs: readonly InputColumn[],
  order: readonly number[] | null,
  width: number,
  where: string,
): Cell[] {
  if (row.length !== width) {
    const names = inputs.slice(0, 20).map(({ name }) => name);
    const hint = order === null ? `, in this order: ${names.join(', ')}` : '';
    throw invalidBody(`${where} must have ${width} items, not ${row.length}${hint}`);
  }
  return inputs.map((input, j) => cellOf(row[order === null ? j : order[j]] ?? null, input, where));
}

function ofRecord(
  row: Readonly<Record<string, unknown>>,
  inputs: readonly InputColumn[],
  where: string,
): Cell[] {
  return inputs.map((input) => {
    if (Object.hasOwn(row, input.name)) return cellOf(row[input.name] ?? null, input, where);
    checkAbsent(input, Object.keys(row), inputs, where);
    return null;
  });
}

function cellOf(value: unknown, input: InputColumn, where: string): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (value === null && !input.required) return null;
  const expected = expectedKind[input.type];
  throw invalidBody(`${where} (column '${input.name}') must be ${expected}, not ${kindOf(value)}`);
}

const expectedKind = {
  double: 'number',
  long: 'number',
  boolean: 'boolean',
  string: 'string',
  datetime: 'a time as ISO text or milliseconds',
} as const satisfies Record<InputColumn['type'], string>;

/** A column that may miss is left out in silence, unless another name looks like a slip of it. */
function checkAbsent(
  { name, required }: InputColumn,
  given: readonly string[],
  inputs: readonly InputColumn[],
  where: string,
): void {
  const unknown = given.filter((other) => !inputs.some((input) => input.name === other));
  const near = didYouMean(name, unknown).replace("did you mean '", "is it '");
  if (required || near !== '') {
    throw invalidBody(`${where} has no column '${name}', which the model takes${shorten(near)}`);
  }
}
