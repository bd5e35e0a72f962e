// The schema check: are the expected columns there, of the expected types, and no others?

import { didYouMean } from '../did-you-mean.ts';
import { type Column, columnLength, missingCount } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { ColumnSchema, TableSchema } from '../table/table-schema.ts';
import type { DataFinding } from './data-finding.ts';

/**
 * Findings for each column that is missing, unexpected, of another type, or that misses values
 * though it is not nullable. Columns match by name, in any order. Integers fit a `double`, and a
 * column without a single value fits every type.
 */
export function checkSchema(table: Table, expected: TableSchema): DataFinding[] {
  const expectedNames = expected.columns.map(({ name }) => name);
  const unexpected = table.columnNames.filter((name) => !expectedNames.includes(name));
  const findings = expected.columns.flatMap((column) =>
    table.columnNames.includes(column.name)
      ? checkColumn(table.column(column.name), column)
      : [missingColumn(column, unexpected)],
  );
  return [...findings, ...unexpected.map((name) => unexpectedColumn(table.column(name)))];
}

function checkColumn(column: Column, expected: ColumnSchema): DataFinding[] {
  const { name } = column;
  const missing = missingCount(column);
  const findings: DataFinding[] = [];
  if (missing < columnLength(column) && !fits(column.type, expected.type)) {
    const message = `column '${name}' is ${column.type}; expected ${expected.type}`;
    findings.push(finding(name, message, expected.type, column.type));
  }
  if (missing > 0 && !expected.nullable) {
    const message = `column '${name}' misses ${missing} values; expected none to be missing`;
    findings.push(finding(name, message, 'no missing values', `${missing} missing values`));
  }
  return findings;
}

function fits(actual: Column['type'], expected: Column['type']): boolean {
  return actual === expected || (actual === 'long' && expected === 'double');
}

function missingColumn({ name, type }: ColumnSchema, candidates: readonly string[]): DataFinding {
  const message = `column '${name}' (${type}) does not exist${didYouMean(name, candidates)}`;
  return finding(name, message, type, 'no such column');
}

function unexpectedColumn({ name, type }: Column): DataFinding {
  const message = `column '${name}' (${type}) is not part of the schema`;
  return finding(name, message, 'no such column', type);
}

function finding(column: string, message: string, expected: string, actual: string): DataFinding {
  return { check: 'schema', column, message, expected, actual };
}
