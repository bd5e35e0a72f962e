// Weights of rows: the caller's column, and those that give every class the same say.
import type { Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

/** The weight column's values; null without one. @throws AutoMLError WEIGHT_INVALID. */
export function weightsOf(table: Table, name: string | null): Float64Array | null {
  if (name === null) return null;
  const column = table.column(name);
  if (column.type === 'string' || column.type === 'datetime') {
    throw invalid(name, `holds ${column.type === 'string' ? 'text' : 'times'}`);
  }
  const wrong = column.values.findIndex((value) => !(value >= 0 && Number.isFinite(value)));
  if (wrong >= 0) throw invalid(name, `is ${column.values[wrong]} in row ${wrong + 1}`);
  if (column.values.every((value) => value === 0)) throw invalid(name, 'is 0 in every row');
  return column.values;
}

/** Weights by which all classes weigh the same in sum, times those given. */
export function balancedWeights(
  codes: Float64Array,
  classCount: number,
  weights: Float64Array | null,
): Float64Array {
  const sums = new Float64Array(classCount);
  let total = 0;
  codes.forEach((code, row) => {
    sums[code] += weights?.[row] ?? 1;
    total += weights?.[row] ?? 1;
  });
  return codes.map((code, row) => {
    return sums[code] === 0 ? 0 : ((weights?.[row] ?? 1) * total) / (classCount * sums[code]);
  });
}

function invalid(column: string, what: string): AutoMLError {
  return new AutoMLError(
    'WEIGHT_INVALID',
    `the weight column '${column}' ${what}; a weight is a finite number, 0 or more, not 0 in all rows`,
    { column },
  );
}
