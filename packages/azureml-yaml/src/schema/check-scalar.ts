// The scalar half of the second pass: type, allowed values, ranges, name rules, stray expressions.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { markerOffsets, type ScalarToken, type Token } from '../text/token.ts';
import { describe } from './describe.ts';
import { foldWord } from './fold-word.ts';
import { brokenRule } from './name-rules.ts';
import type {
  BooleanSchema,
  ExpressionUse,
  LiteralSchema,
  NumberSchema,
  StringSchema,
  TextSchema,
} from './schema-types.ts';

type ScalarSchema = StringSchema | TextSchema | NumberSchema | BooleanSchema | LiteralSchema;

export function checkScalar(
  token: Token,
  schema: ScalarSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  if (token.kind !== 'scalar' || !hasType(token, schema)) {
    reportType(token, schema, path, sink);
    return;
  }
  if (typeof token.value === 'string') {
    checkNoNul(token, path, sink);
    checkExpressions(token, expressionUse(schema), path, sink);
  }
  if (schema.kind === 'string') checkString(token, schema, path, sink);
  if (typeof token.value === 'number' && schema.kind !== 'text') {
    checkNumber(token, token.value, schema, path, sink);
  }
}

function hasType(token: ScalarToken, schema: ScalarSchema): boolean {
  const { value } = token;
  if (schema.kind === 'text') return true;
  if (schema.kind === 'literal') return value !== null;
  if (isNumber(schema) && typeof value === 'string') {
    return schema.orWords?.includes(value.toLowerCase()) ?? false;
  }
  if (schema.kind === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === schema.kind;
}

function isNumber(schema: ScalarSchema): schema is NumberSchema {
  return schema.kind === 'number' || schema.kind === 'integer';
}

const expectedWords: Readonly<Record<ScalarSchema['kind'], string>> = {
  string: 'text',
  text: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  literal: 'text, a number, true or false',
};

function reportType(token: Token, schema: ScalarSchema, path: string, sink: DiagnosticSink): void {
  const secret = schema.kind === 'text' && schema.secret === true;
  const words = isNumber(schema) ? (schema.orWords ?? []) : [];
  const expected = [expectedWords[schema.kind], ...words.map((word) => `'${word}'`)].join(' or ');
  const message = `'${path}' must be ${expected}, and is ${describe(token, secret)}`;
  sink.report('VALUE_WRONG_TYPE', token.offset, `${message}; ${typeAdvice(token, schema)}`);
}

function typeAdvice(token: Token, schema: ScalarSchema): string {
  if (token.kind !== 'scalar') return 'write one value here';
  if (token.value === null) return 'give it a value or remove the key';
  if (schema.kind === 'string') return 'put it in quotes';
  if (schema.kind === 'boolean') return "write 'true' or 'false' without quotes";
  return 'write it without quotes and units';
}

function expressionUse(schema: ScalarSchema): ExpressionUse {
  if (schema.kind === 'string') return schema.expressions ?? 'none';
  return schema.kind === 'literal' ? schema.expressions : 'none';
}

/** The end of a C string: no process could be given such a value. */
function checkNoNul(token: ScalarToken, path: string, sink: DiagnosticSink): void {
  if (!token.text.includes('\0')) return;
  sink.report('VALUE_NOT_ALLOWED', token.offset, `'${path}' holds a NUL character; remove it`);
}

function checkExpressions(
  token: ScalarToken,
  use: ExpressionUse,
  path: string,
  sink: DiagnosticSink,
): void {
  const index = token.text.indexOf('${{');
  if (use !== 'none' || index === -1) return;
  sink.report(
    'EXPRESSION_NOT_ALLOWED',
    markerOffsets(sink.source.text, token, '${{')(index),
    `'${path}' takes no expressions; write the value itself (expressions stand in a step's command, inputs and outputs)`,
  );
}

function checkString(
  token: ScalarToken,
  schema: StringSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  const { offset } = token;
  const text = schema.anyCase ? foldWord(token.text, schema.allowed ?? []) : token.text;
  const feature = Object.hasOwn(schema.notBuilt ?? {}, text) ? schema.notBuilt?.[text] : undefined;
  if (feature !== undefined) {
    const rest = (schema.allowed ?? []).map((value) => `'${value}'`).join(' or ');
    const message = `'${path}: ${shorten(text)}' (${feature}) is not supported; use ${rest}`;
    sink.report('FEATURE_NOT_SUPPORTED', offset, message);
  } else if (isRefused(text, schema)) {
    const message = `'${path}' cannot be '${shorten(text)}'${hint(text, schema.allowed ?? [])}`;
    sink.report('VALUE_NOT_ALLOWED', offset, message);
  } else if (text.length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) {
    const message = `'${path}' has ${text.length} characters, and at most ${schema.maxLength} are possible; move it into a script`;
    sink.report('VALUE_OUT_OF_RANGE', offset, message);
  } else if (text.trim() === '' && !schema.mayBeEmpty) {
    sink.report(
      'VALUE_NOT_ALLOWED',
      offset,
      `'${path}' is empty; give it a value or remove the key`,
    );
  } else if (schema.name !== undefined && !text.includes('${{')) {
    const rule = brokenRule(text, schema.name);
    if (rule === null) return;
    const message = `'${path}: ${shorten(text)}' is not a valid name: a name is ${rule}; rename it`;
    sink.report('NAME_INVALID', offset, message);
  } else if (Object.hasOwn(schema.noEffectFor ?? {}, text)) {
    const message = `'${path}: ${text}' has no effect here: ${schema.noEffectFor?.[text]}`;
    sink.report('HAS_NO_EFFECT', offset, message);
  }
}

/** What a binding comes to is not known yet. */
function isRefused(text: string, { allowed, expressions }: StringSchema): boolean {
  if (allowed === undefined || allowed.includes(text)) return false;
  return !(expressions === 'binding' && text.includes('${{'));
}

function checkNumber(
  token: ScalarToken,
  value: number,
  schema: ScalarSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  const unsafe =
    Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(token.text);
  if (!Number.isFinite(value) || unsafe) {
    const message = `'${path}: ${shorten(token.text)}' is no number that is kept exactly; put it in quotes`;
    sink.report('VALUE_OUT_OF_RANGE', token.offset, message);
    return;
  }
  if (schema.kind !== 'number' && schema.kind !== 'integer') return;
  const { minimum = -Infinity, maximum = Infinity, only } = schema;
  if (only !== undefined && value !== only.value) {
    const message = `'${path}: ${value}' (${only.otherwise}) is not supported; write ${only.value}`;
    sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
  } else if (value < minimum || value > maximum) {
    const range = rangeOf(minimum, maximum);
    sink.report('VALUE_OUT_OF_RANGE', token.offset, `'${path}' must be ${range}, and is ${value}`);
  }
}

function rangeOf(minimum: number, maximum: number): string {
  if (maximum !== Infinity) return `${minimum} to ${maximum}`;
  return minimum === Number.MIN_VALUE ? 'above 0' : `at least ${minimum}`;
}
