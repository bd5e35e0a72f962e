// The check that asks a REST API, made whole: what it sends, and how its answer is judged.
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseExpression } from '../expression/parser.ts';
import { type CheckSpec, type InvokeRestApi, restMethods } from './environment-check.ts';
import type { Mistakes } from './spec-mistakes.ts';

const maxText = 20_000;
const dayMinutes = 24 * 60;

export function completeRestApi(mistakes: Mistakes, spec: CheckSpec): InvokeRestApi {
  const { connection = '', method = 'POST', urlSuffix = '', body = '' } = spec;
  const { headers = '{"Content-Type": "application/json"}', successCriteria = '' } = spec;
  const { retryMinutes = 5, timeoutMinutes = dayMinutes } = spec;
  const texts = { connection, urlSuffix, headers, body, successCriteria };
  for (const [name, text] of Object.entries(texts)) {
    if (text.length > maxText || !text.isWellFormed() || text.includes('\0'))
      mistakes.add(`${name} of invokeRestApi is no plain text of up to ${maxText} characters`);
  }
  if (connection.trim() === '')
    mistakes.add('the check invokeRestApi names no service connection; give it as connection');
  if (!restMethods.includes(method)) {
    const expected = `expected ${listNames(restMethods)}.${didYouMean(method, restMethods)}`;
    mistakes.add(`'${shorten(method)}' is no method; ${expected}`);
  }
  if (!isObject(headers)) mistakes.add('headers of invokeRestApi is no JSON object');
  if (!Number.isInteger(retryMinutes) || retryMinutes < 0 || retryMinutes > dayMinutes)
    mistakes.add(
      `retryMinutes is ${retryMinutes}; expected a whole number from 0 to ${dayMinutes}`,
    );
  const mistake = mistakeIn(successCriteria);
  if (mistake !== null) mistakes.add(`the successCriteria of invokeRestApi: ${mistake}`);
  return { type: 'invokeRestApi', ...texts, method, retryMinutes, timeoutMinutes };
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function mistakeIn(criteria: string): string | null {
  if (criteria === '') return null;
  try {
    parseExpression(criteria, { names: new Set(['root']), functions: new Set() });
    return null;
  } catch (error) {
    if (error instanceof ExpressionMistake) return error.message;
    throw error;
  }
}
