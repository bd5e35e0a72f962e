// Says what a column of texts is to a model: numbers or dates that were written as text, categories,
// free text, or nothing that a model could use.

import type { StringColumn } from '@ridgeline/tabular';
import { type TextFacts, type TextLevel, textFacts } from './column-facts.ts';
import { judgeDates } from './date-columns.ts';
import type { EncoderParameters } from './encoder-options.ts';
import type { JudgedColumn } from './judged-column.ts';
import { byText, keptLevels } from './kept-levels.ts';
import { numberOfText } from './text-values.ts';

const minIdentifierRows = 20;
/** Texts are judged by the first so many; more of them would say the same. */
const sampleSize = 1000;
const blobLength = 500;
/** What the reason says of texts that look like dates and are not read as such. */
export const contradictoryDates = 'dates in formats that contradict';

/** Texts that stand for a number that is not known. */
const missingMarkers = new Set([
  ...['?', '-', '--', '.', '*', 'na', 'n/a', '#n/a', 'nan', 'null', 'nil', 'none', 'missing'],
  ...['unknown', 'not available', '(null)', '#value!', '#div/0!'],
]);

export function judgeTexts(column: StringColumn, parameters: EncoderParameters): JudgedColumn {
  const facts = textFacts(column);
  const verdict =
    withoutContent(facts) ??
    asNumbers(facts.levels) ??
    asDates(facts, parameters) ??
    asWords(facts, parameters);
  return { missingCount: facts.missingCount, levels: facts.levels, ...verdict };
}

type Verdict = Omit<JudgedColumn, 'missingCount'>;

function withoutContent({ levels, missingCount }: TextFacts): Verdict | null {
  if (levels.length === 0) return { purpose: 'ignored', reason: 'every value is missing' };
  if (levels.length > 1 || missingCount > 0) return null;
  return { purpose: 'ignored', reason: `every value is '${levels[0].text.slice(0, 40)}'` };
}

function asNumbers(levels: readonly TextLevel[]): Verdict | null {
  const others: TextLevel[] = [];
  for (const level of levels) {
    if (isNumber(level.text)) continue;
    if (!missingMarkers.has(level.text.trim().toLowerCase())) return null;
    others.push(level);
  }
  if (others.length === levels.length) return null;
  if (others.length === 0) return { purpose: 'numeric', reason: 'texts of numbers' };
  const list = others.slice(0, 5).map(({ text }) => `'${text}'`);
  return {
    purpose: 'numeric',
    reason: `texts of numbers; ${list.join(', ')} counts as missing`,
    missingTexts: new Set(others.map(({ text }) => text)),
  };
}

/** A code such as 007 is no number, nor is one of more digits than a double holds. */
function isNumber(text: string): boolean {
  const trimmed = text.trim();
  if (/^[+-]?0\d/.test(trimmed)) return false;
  const value = numberOfText(trimmed);
  return value !== null && !(Number.isInteger(value) && !Number.isSafeInteger(value));
}

function asDates(
  { levels, missingCount }: TextFacts,
  parameters: EncoderParameters,
): Verdict | null {
  const verdict = judgeDates(levels, parameters.dateOrder);
  if (verdict === null) return null;
  if (verdict.formats !== null) {
    return { purpose: 'datetime', reason: verdict.reason, formats: verdict.formats };
  }
  const words = asWords({ levels, missingCount, rowCount: rowsOf(levels) }, parameters);
  return {
    ...words,
    reason: `${words.reason}; ${contradictoryDates}: ${verdict.reason}`,
  };
}

function asWords({ levels }: TextFacts, parameters: EncoderParameters): Verdict {
  const sample = levels.slice(0, sampleSize);
  const length = meanOf(sample, ({ text }) => text.length);
  const words = meanOf(sample, ({ text }) => text.split(/\s+/).length);
  const present = rowsOf(levels);
  const distinctShare = levels.length / present;
  if (length > blobLength && length / words > blobLength / 10) {
    return {
      purpose: 'ignored',
      reason: `contents rather than words: ${Math.round(length)} characters a text`,
    };
  }
  if (words >= 3 && levels.length > 30 && distinctShare > 0.2) {
    return { purpose: 'text', reason: `free text of ${words.toFixed(1)} words on average` };
  }
  if (distinctShare > 0.95 && present >= minIdentifierRows) {
    return {
      purpose: 'ignored',
      reason: `an identifier: ${levels.length} different texts in ${present} rows`,
      isIdentifier: true,
    };
  }
  return { purpose: 'categorical', reason: categoryReason(levels, parameters) };
}

function categoryReason(levels: readonly TextLevel[], parameters: EncoderParameters): string {
  const kept = keptLevels(levels, parameters, byText).length;
  const merged = levels.length - kept;
  const noun = `${levels.length} categories`;
  if (merged === 0) return noun;
  return `${noun}, of which the ${merged} rarest (fewer than ${parameters.minLevelRows} rows, or beyond ${parameters.maxLevels} levels) are merged into one`;
}

function rowsOf(levels: readonly TextLevel[]): number {
  return levels.reduce((sum, { count }) => sum + count, 0);
}

function meanOf(levels: readonly TextLevel[], sizeOf: (level: TextLevel) => number): number {
  return levels.reduce((sum, level) => sum + sizeOf(level), 0) / levels.length;
}
