// From the verdict on a column to its fitted encoding.

import type { Column } from '@ridgeline/tabular';
import { BooleanEncoding } from './boolean-encoding.ts';
import type { ColumnEncoding } from './column-encoding.ts';
import type { ColumnPurpose, ColumnReport } from './column-purpose.ts';
import type { EncoderParameters } from './encoder-options.ts';
import { fitCategories } from './fit-categories.ts';
import { fitDatetimes } from './fit-datetimes.ts';
import { fitText } from './fit-text.ts';
import type { InputColumn } from './input-column.ts';
import { typeMismatch } from './input-column.ts';
import { judgeNumbers } from './judge-numbers.ts';
import { judgeTexts } from './judge-texts.ts';
import type { JudgedColumn } from './judged-column.ts';
import { NumericEncoding } from './numeric-encoding.ts';

export interface FittedColumn {
  readonly encoding: ColumnEncoding | null;
  readonly report: ColumnReport;
  /** Whether it was left out as an identifier only. */
  readonly isIdentifier: boolean;
}

/**
 * @param given what the user says the column is, if anything.
 * @throws LearnError DATA_NOT_FINITE, DATA_TYPE_MISMATCH where the column cannot be what is given.
 */
export function fitColumn(
  column: Column,
  given: ColumnPurpose | undefined,
  parameters: EncoderParameters,
): FittedColumn {
  if (given === 'ignored') {
    return ignored(column, { purpose: given, reason: 'as asked', missingCount: missingOf(column) });
  }
  const judged = column.type === 'string' ? judgeTexts(column, parameters) : judgeNumbers(column);
  const asked = given === undefined ? judged : asGiven(judged, given);
  if (asked.purpose === 'ignored') return ignored(column, asked);
  const encoding = fitEncoding(column, asked, parameters);
  if (encoding === null) return ignored(column, { ...asked, reason: nothingLeft(asked) });
  checkEveryRow(column, encoding, given);
  return { encoding, report: report(column, asked, encoding), isIdentifier: false };
}

function fitEncoding(
  column: Column,
  judged: JudgedColumn,
  parameters: EncoderParameters,
): ColumnEncoding | null {
  const input = inputOf(column, judged);
  switch (judged.purpose) {
    case 'numeric':
      return new NumericEncoding(input, judged.missingTexts);
    case 'boolean':
      return new BooleanEncoding(input);
    case 'categorical':
      return fitCategories(column, input, judged.levels, parameters);
    case 'datetime':
      return fitDatetimes(column, input, judged.formats);
    case 'text':
      if (judged.levels !== undefined) return fitText(judged.levels, input, parameters);
      throw typeMismatch(column.name, 0, `a ${column.type}`, 'a text');
    case 'ignored':
      return null;
  }
}

/** What the column is judged to hold is kept where it goes with the purpose that was asked for. */
function asGiven(judged: JudgedColumn, given: ColumnPurpose): JudgedColumn {
  return { ...judged, purpose: given, reason: 'as asked' };
}

function inputOf(column: Column, { purpose, missingCount }: JudgedColumn): InputColumn {
  const required = missingCount === 0;
  const { name, type } = column;
  if (purpose === 'datetime') return { name, type: 'datetime', required };
  if (purpose === 'boolean') return { name, type: 'boolean', required };
  if (purpose === 'numeric' && (type === 'string' || type === 'datetime')) {
    return { name, type: 'double', required };
  }
  return { name, type, required };
}

/** A column that is what its own values say needs no check; one that a user names may not be it. */
function checkEveryRow(
  column: Column,
  encoding: ColumnEncoding,
  given: ColumnPurpose | undefined,
): void {
  if (given !== undefined) encoding.encodeColumn(column);
}

function ignored(column: Column, judged: JudgedColumn): FittedColumn {
  const asIgnored = { ...judged, purpose: 'ignored' } as const;
  return {
    encoding: null,
    report: report(column, asIgnored, null),
    isIdentifier: judged.isIdentifier ?? false,
  };
}

function report(
  { name, type }: Column,
  { purpose, reason, missingCount }: JudgedColumn,
  encoding: ColumnEncoding | null,
): ColumnReport {
  const featureCount = encoding?.features.length ?? 0;
  return { column: name, type, purpose, reason, missingCount, featureCount };
}

function nothingLeft({ purpose }: JudgedColumn): string {
  if (purpose === 'categorical') return 'a category of which no level has enough rows';
  return purpose === 'text' ? 'texts without words' : 'times that are all of the same hour';
}

function missingOf({ missing }: Column): number {
  return missing === null ? 0 : missing.reduce((sum, flag) => sum + flag, 0);
}
