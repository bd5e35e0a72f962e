// What is wrong with the keys of a mapping: unknown, missing or excluding each other.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { KeyNode, MappingNode } from '../text/node.ts';
import type { ObjectSchema, VariantSchema } from './schema-types.ts';

export function reportNoKeyword(
  node: MappingNode,
  schema: VariantSchema,
  sink: DiagnosticSink,
): void {
  const first = node.entries[0];
  const keywords = Object.keys(schema.variants);
  const isPresent = (word: string) => own(schema.variants[word]?.legacy, word) === undefined;
  const names = listNames(keywords.filter(isPresent));
  const begun = first === undefined ? 'is empty' : `begins with "${shorten(first.key.text)}"`;
  const message = schema.anyOrder
    ? `${capitalize(schema.title)} needs ${names}.`
    : `${capitalize(schema.title)} begins with ${names}, and this one ${begun}.`;
  const near = node.entries.map(({ key }) => didYouMean(key.text, keywords));
  const origin = first?.key.origin ?? node.origin;
  sink.report('KEY_MISSING', origin, `${message}${near.find((hint) => hint !== '') ?? ''}`);
}

export function reportSecondKeyword(
  key: KeyNode,
  first: KeyNode,
  schema: VariantSchema,
  sink: DiagnosticSink,
): void {
  const advice = schema.anyOrder
    ? 'Keep one of them.'
    : `Write "- " before it to begin ${schema.title} of its own.`;
  const message = `"${key.text}" cannot stand beside "${first.text}". ${advice}`;
  sink.report('KEY_CONFLICT', key.origin, message);
}

export function reportUnknownKey(key: KeyNode, schema: ObjectSchema, sink: DiagnosticSink): void {
  const message = `${capitalize(schema.title)} has no key "${shorten(key.text)}".`;
  sink.report('KEY_UNKNOWN', key.origin, `${message}${adviceFor(key.text, schema)}`);
}

function adviceFor(key: string, schema: ObjectSchema): string {
  const place = own(schema.misplaced, key);
  if (place !== undefined) return ` ${place}`;
  const known = Object.keys(schema.keys);
  const present = known.filter((name) => own(schema.legacy, name) === undefined);
  return didYouMean(key, known) || ` It has ${listNames(present)}.`;
}

/** The spelling of old files is taken, and the present one told. */
export function checkSpelling(key: KeyNode, { legacy }: ObjectSchema, sink: DiagnosticSink): void {
  const present = own(legacy, key.text);
  if (present === undefined) return;
  const message = `"${key.text}" is the spelling of old files. Write "${present}".`;
  sink.report('LEGACY_SYNTAX', key.origin, message);
}

export function checkChoices(node: MappingNode, schema: ObjectSchema, sink: DiagnosticSink): void {
  const exclusive = schema.atMostOneOf ?? schema.exactlyOneOf ?? [];
  const [first, ...others] = node.entries.filter(({ key }) => exclusive.includes(key.text));
  for (const { key } of others) {
    const message = `"${key.text}" cannot stand beside "${first?.key.text}". Keep one of them.`;
    sink.report('KEY_CONFLICT', key.origin, message);
  }
  if (first === undefined && schema.exactlyOneOf !== undefined) {
    const message = `${capitalize(schema.title)} needs ${listNames(exclusive)}.`;
    sink.report('KEY_MISSING', node.origin, message);
  }
}

function own(table: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function capitalize(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
