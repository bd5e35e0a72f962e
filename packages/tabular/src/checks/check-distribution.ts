// The distribution check: has a number column moved, widened or narrowed since its reference?
//
// For each long, double or boolean column of the reference, with m and s the mean and the sample
// standard deviation (n - 1) of the data, m0 and s0 those of the reference, and t the tolerance:
//
//   location  |m - m0| / s0 > t            the mean moved by more than t reference deviations
//   spread    s / s0 > t                   the data is more than t times as wide
//             s / s0 < 1 / t               or more than t times as narrow (from 10 values on:
//                                          a smaller sample is that narrow too often by chance)
//
// A shift is measured in s0, not relative to m0: standardised features have a mean of nearly zero,
// against which every change is infinitely large. Of a reference that is constant (s0 = 0) the
// data must be the same constant. Text and times are left to other checks: time always moves.

import { TabularError } from '../errors.ts';
import { type NumberStatistics, numberStatistics } from '../profile/number-statistics.ts';
import type { NumberColumnProfile, TableProfile } from '../profile/table-profile.ts';
import type { Table } from '../table/table.ts';
import type { DataFinding } from './data-finding.ts';

export interface DistributionOptions {
  /** Finite, at least 1; default 3. See the rule above. */
  readonly tolerance?: number;
}

const fewestValuesToCallNarrow = 10;

/**
 * Findings for each number column of `reference` whose mean or spread differs by more than
 * `tolerance`, or that cannot be compared. Columns that the reference does not have are ignored.
 * @throws DATA_OPTION_INVALID if the tolerance is not a finite number of at least 1.
 */
export function checkDistribution(
  table: Table,
  reference: TableProfile,
  { tolerance = 3 }: DistributionOptions = {},
): DataFinding[] {
  if (!(tolerance >= 1 && Number.isFinite(tolerance))) {
    const message = `tolerance is ${tolerance}; expected a finite number of at least 1`;
    throw new TabularError('DATA_OPTION_INVALID', message);
  }
  return reference.columns.flatMap((profile) =>
    profile.type === 'string' || profile.type === 'datetime'
      ? []
      : checkColumn(table, profile, tolerance),
  );
}

function checkColumn(
  table: Table,
  reference: NumberColumnProfile,
  tolerance: number,
): DataFinding[] {
  const { name } = reference;
  if (!table.columnNames.includes(name)) {
    return [finding(name, 'does not exist', reference.type, 'no such column')];
  }
  const column = table.column(name);
  if (column.type === 'string' || column.type === 'datetime') {
    return [finding(name, `is ${column.type}`, reference.type, column.type)];
  }
  const actual = numberStatistics(column.values);
  if (actual.infiniteCount > 0 && reference.infiniteCount === 0) {
    const found = `${actual.infiniteCount} infinite values`;
    return [finding(name, `has ${found}`, 'finite values', found)];
  }
  if (reference.mean === null || reference.standardDeviation === null) {
    return [finding(name, 'cannot be compared', 'a reference of two values or more', 'fewer')];
  }
  if (actual.mean === null) return [finding(name, 'has no values', 'values', 'none')];
  if (reference.standardDeviation === 0) return checkConstant(reference, actual);
  const { mean, standardDeviation } = reference;
  const presentCount = table.rowCount - (column.missing?.reduce((sum, flag) => sum + flag, 0) ?? 0);
  return [
    ...checkLocation(name, actual.mean, mean, standardDeviation, tolerance),
    ...checkSpread(name, actual, standardDeviation, presentCount, tolerance),
  ];
}

function checkLocation(
  name: string,
  mean: number,
  referenceMean: number,
  referenceDeviation: number,
  tolerance: number,
): DataFinding[] {
  const shift = Math.abs(mean - referenceMean) / referenceDeviation;
  if (shift <= tolerance) return [];
  const what = `has its mean moved by ${figure(shift)} standard deviations of the reference`;
  const range = figure(tolerance * referenceDeviation);
  return [finding(name, what, `mean ${figure(referenceMean)} ± ${range}`, `mean ${figure(mean)}`)];
}

function checkSpread(
  name: string,
  actual: NumberStatistics,
  referenceDeviation: number,
  presentCount: number,
  tolerance: number,
): DataFinding[] {
  const deviation = actual.standardDeviation;
  if (deviation === null) return [];
  const ratio = deviation / referenceDeviation;
  const isNarrow = ratio < 1 / tolerance && presentCount >= fewestValuesToCallNarrow;
  if (ratio <= tolerance && !isNarrow) return [];
  const what = `has ${figure(ratio)} times the standard deviation of the reference`;
  const range = `${figure(referenceDeviation / tolerance)} to ${figure(referenceDeviation * tolerance)}`;
  const found = `standard deviation ${figure(deviation)}`;
  return [finding(name, what, `standard deviation ${range}`, found)];
}

function checkConstant(reference: NumberColumnProfile, actual: NumberStatistics): DataFinding[] {
  if (actual.min === reference.min && actual.max === reference.max) return [];
  const found = `${actual.min} to ${actual.max}`;
  const what = 'differs from a reference that is constant';
  return [finding(reference.name, what, `${reference.min} in every row`, found)];
}

function finding(column: string, what: string, expected: string, actual: string): DataFinding {
  const message = `column '${column}' ${what}; expected ${expected}, found ${actual}`;
  return { check: 'distribution', column, message, expected, actual };
}

function figure(value: number): string {
  return `${Number(value.toPrecision(4))}`;
}
