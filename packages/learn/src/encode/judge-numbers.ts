// Says what a column of numbers, booleans or times is to a model.

import type { NumberColumn } from '@ridgeline/tabular';
import { maxDistinctNumbers, type NumberFacts, numberFacts } from './column-facts.ts';
import type { JudgedColumn } from './judged-column.ts';

const fewLevels = 10;
const minIdentifierRows = 10;
/** What counts steps of time may be the trend that a model needs. */
const timeName = /time|year|month|week|day|date|period|quarter|step/i;
const identifierName = /(?:^|[\W_])(?:id|key|index|uuid|guid)$|[a-z]I[dD]$/;

/** @throws LearnError DATA_NOT_FINITE at an infinity. */
export function judgeNumbers(column: NumberColumn): JudgedColumn {
  const facts = numberFacts(column);
  const { missingCount } = facts;
  const why = whyIgnored(column, facts);
  if (why !== null) return { purpose: 'ignored', missingCount, ...why };
  if (column.type === 'boolean') {
    return { purpose: 'boolean', reason: 'true or false', missingCount };
  }
  if (column.type === 'datetime') {
    return { purpose: 'datetime', reason: 'a column of times', missingCount };
  }
  return { purpose: 'numeric', reason: numericReason(facts), missingCount };
}

function whyIgnored(column: NumberColumn, facts: NumberFacts) {
  if (facts.missingCount === facts.rowCount) return { reason: 'every value is missing' };
  if (facts.min === facts.max && facts.missingCount === 0) {
    return { reason: `every value is ${shown(column, facts.min)}` };
  }
  if (column.type !== 'long' || facts.rowCount < minIdentifierRows) return null;
  if (countsRows(facts) && !timeName.test(column.name)) {
    return { reason: 'it counts the rows, as an identifier does', isIdentifier: true };
  }
  if (!identifierName.test(column.name) || !isNearlyDistinct(column, facts)) return null;
  return { reason: 'an identifier: by its name, and no two rows share it', isIdentifier: true };
}

/** From 0 or 1 upwards, with gaps only where rows were taken out. Years and the like begin elsewhere. */
function countsRows({ isAscending, min, max, rowCount }: NumberFacts): boolean {
  return isAscending && (min === 0 || min === 1) && max < 2 * rowCount;
}

function isNearlyDistinct({ values }: NumberColumn, facts: NumberFacts): boolean {
  const present = facts.rowCount - facts.missingCount;
  if (facts.distinctCount < Math.min(present, maxDistinctNumbers)) return false;
  return new Set(values).size >= 0.99 * present;
}

function numericReason({ distinctCount, rowCount }: NumberFacts): string {
  if (distinctCount > Math.min(fewLevels, rowCount / 3)) return 'a column of numbers';
  return `numbers of ${distinctCount} different values, kept as numbers because their order can matter`;
}

function shown({ type }: NumberColumn, value: number): string {
  if (type === 'boolean') return value === 1 ? 'true' : 'false';
  const date = new Date(value);
  const isTime = type === 'datetime' && !Number.isNaN(date.getTime());
  return isTime ? date.toISOString() : String(value);
}
