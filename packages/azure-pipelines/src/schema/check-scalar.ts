// The scalar half of the check: booleans, ranges, allowed words, names.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { type Node, type ScalarNode, textOf } from '../text/node.ts';
import { describeNode } from './describe-node.ts';
import { brokenRule } from './name-rule.ts';
import { booleanOf, isRuntimeText, isUnexpanded } from './read-word.ts';
import type { BooleanSchema, ChoiceSchema, IntegerSchema, TextSchema } from './schema-types.ts';

export type ScalarSchema = TextSchema | BooleanSchema | IntegerSchema | ChoiceSchema;

export function checkScalar(
  node: Node,
  schema: ScalarSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  const word = textOf(node);
  if (node.kind !== 'scalar' || word === undefined) reportType(node, schema, name, sink);
  else if (word === '') checkEmpty(node, schema, name, sink);
  else if (!isUnexpanded(word)) checkWord(node, word, schema, name, sink);
}

function checkWord(
  node: ScalarNode,
  word: string,
  schema: ScalarSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  if (schema.kind === 'text') checkText(node, word, schema, name, sink);
  else if (schema.kind === 'choice') checkChoice(node, word, schema, name, sink);
  else if (schema.isRuntime && isRuntimeText(word)) return;
  else if (schema.kind === 'integer') checkInteger(node, word, schema, name, sink);
  else if (booleanOf(word) === undefined) reportType(node, schema, name, sink);
}

/** An empty value of an optional key is the same as no key. */
function checkEmpty(
  node: ScalarNode,
  schema: ScalarSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  if (schema.kind !== 'text' || !schema.isRequired) return;
  sink.report('VALUE_MISSING', node.origin, `"${name}" is empty. Give it a value.`);
}

function reportType(node: Node, schema: ScalarSchema, name: string, sink: DiagnosticSink): void {
  const message = `"${name}" must be ${expectedOf(schema)}, and is ${describeNode(node)}.`;
  sink.report('VALUE_WRONG_TYPE', node.origin, message);
}

function expectedOf(schema: ScalarSchema): string {
  if (schema.kind === 'boolean') return 'true or false';
  if (schema.kind === 'choice') return listNames(schema.allowed);
  if (schema.kind === 'text') return 'one value';
  return schema.orPercent ? 'a whole number or a share such as "25%"' : 'a whole number';
}

function checkText(
  node: ScalarNode,
  word: string,
  { rule = 'any' }: TextSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  const broken = brokenRule(word, rule);
  if (broken === undefined) return;
  const message = `"${name}: ${shorten(word)}" is not a valid name: a name ${broken}. Rename it.`;
  sink.report('NAME_INVALID', node.origin, message);
}

function checkChoice(
  node: ScalarNode,
  word: string,
  { allowed }: ChoiceSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  if (choiceOf(word, allowed) !== undefined) return;
  const near = didYouMean(word, allowed);
  const message = `"${name}" must be ${listNames(allowed)}, and is "${shorten(word)}".${near}`;
  sink.report('VALUE_NOT_ALLOWED', node.origin, message);
}

/** As the table spells it. */
export function choiceOf<Word extends string>(
  word: string,
  allowed: readonly Word[],
): Word | undefined {
  const lower = word.trim().toLowerCase();
  return allowed.find((one) => one.toLowerCase() === lower);
}

function checkInteger(
  node: ScalarNode,
  word: string,
  schema: IntegerSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  const digits = schema.orPercent ? word.trim().replace(/%$/, '') : word.trim();
  if (!/^-?\d{1,15}$/.test(digits)) {
    reportType(node, schema, name, sink);
    return;
  }
  const maximum = digits === word.trim() ? (schema.maximum ?? Number.POSITIVE_INFINITY) : 100;
  const value = Number(digits);
  if (value >= schema.minimum && value <= maximum) return;
  const range =
    maximum === Number.POSITIVE_INFINITY
      ? `at least ${schema.minimum}`
      : `${schema.minimum} to ${maximum}`;
  sink.report('VALUE_OUT_OF_RANGE', node.origin, `"${name}" must be ${range}, and is ${value}.`);
}
