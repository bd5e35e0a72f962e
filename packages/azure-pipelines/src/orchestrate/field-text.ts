// Fields of a job that are settled at its start: `$[ ]` over the whole text, else `$(x)` in it, and
// then what the field has to be.

import { shorten } from '../diagnostic/did-you-mean.ts';
import { textOf } from '../expression/casts.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { evaluateSource, runtimeExpression } from './evaluate-text.ts';
import { expandMacros } from './expand-macros.ts';
import type { EvaluatedText } from './gather-variables.ts';
import { Mistake } from './mistake.ts';
import type { Place } from './run-graph.ts';
import { fieldSite } from './sites.ts';
import { UnknownValue } from './unknown-value.ts';
import type { VariableScope } from './variable-scope.ts';

/** The value of a variable: `$(x)` in it stays, since steps may yet set x. */
export function evaluateValue(text: Text, place: Place, scope: VariableScope): EvaluatedText {
  const source = runtimeExpression(text.text);
  if (source === undefined) return { text: text.text, secret: false };
  try {
    return evaluateRuntime(source, text, place, scope);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return { text: text.text, secret: false, unknown: error.what };
  }
}

/** @throws Mistake, and in a plan UnknownValue */
export function fieldText(text: Text, place: Place, scope: VariableScope): string {
  const source = runtimeExpression(text.text);
  if (source === undefined) return expandMacros(text.text, scope);
  return evaluateRuntime(source, text, place, scope).text;
}

function evaluateRuntime(
  source: string,
  text: Text,
  place: Place,
  scope: VariableScope,
): EvaluatedText {
  const site = fieldSite(place, scope);
  const value = evaluateSource(source, text, site);
  try {
    return { text: textOf(value), secret: site.reads.any };
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    throw new Mistake(`in "${source.trim()}": ${error.message}`, text.origin);
  }
}

export function fieldBoolean(
  name: string,
  text: Text | undefined,
  place: Place,
  scope: VariableScope,
): boolean {
  const value = text === undefined ? '' : fieldText(text, place, scope).trim();
  if (/^(?:|false|no|n|off)$/i.test(value)) return false;
  if (/^(?:true|yes|y|on)$/i.test(value)) return true;
  throw unfit(name, value, 'true or false', text);
}

/** A whole number from 0. */
export function fieldCount(
  name: string,
  text: Text | undefined,
  fallback: number,
  place: Place,
  scope: VariableScope,
): number {
  const value = text === undefined ? '' : fieldText(text, place, scope).trim();
  if (value === '') return fallback;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw unfit(name, value, 'a whole number from 0', text);
}

export function unfit(name: string, value: string, expected: string, text?: Text): Mistake {
  const origin = text?.origin ?? { file: '', line: 1, column: 1 };
  const advice = value.includes('$(') ? '; a variable in it has no value when the job starts' : '';
  return new Mistake(`${name} is "${shorten(value)}", expected ${expected}${advice}`, origin);
}
