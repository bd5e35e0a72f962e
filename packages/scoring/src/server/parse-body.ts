// Bytes to a checked body: UTF-8, JSON, an object, the declared schema; each failure with its place.

import { ScoringError } from '../errors.ts';
import type { SchemaCheck } from '../handler/json-schema.ts';
import { findJsonMistake } from './json-mistake.ts';

export type Body = Readonly<Record<string, unknown>>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function parseBody(bytes: Uint8Array, check: SchemaCheck): Body {
  return checkBody(parseJson(decode(bytes)), check);
}

/** Throws REQUEST_BODY_INVALID unless the value is an object that fits the schema. */
export function checkBody(value: unknown, check: SchemaCheck): Body {
  if (!isObject(value)) throw invalid('the body must be a JSON object, such as {"data": [[…]]}');
  const finding = check(value);
  if (finding !== null) throw invalid(finding);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalid('the body is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  if (text === '') throw invalid('the body is empty; it must be a JSON object');
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`the body is not JSON: ${describeMistake(text)}`);
  }
}

function describeMistake(text: string): string {
  const mistake = findJsonMistake(text);
  if (mistake === null) return 'it cannot be read';
  const place = `at line ${mistake.line}, column ${mistake.column}`;
  return mistake.offset === text.length
    ? `it ends too early, ${place}`
    : `unexpected text ${place}`;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): ScoringError {
  return new ScoringError('REQUEST_BODY_INVALID', message);
}
