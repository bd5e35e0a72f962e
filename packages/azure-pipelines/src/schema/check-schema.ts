// Walks a tree along a schema and reports all that does not fit. Builds nothing.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type Entry, type MappingNode, type Node, textOf } from '../text/node.ts';
import {
  capitalize,
  checkChoices,
  checkSpelling,
  reportNoKeyword,
  reportSecondKeyword,
  reportUnknownKey,
} from './check-keys.ts';
import { checkKeyName } from './check-names.ts';
import { checkScalar } from './check-scalar.ts';
import { describeNode } from './describe-node.ts';
import { isUnexpanded } from './read-word.ts';
import type {
  FormsSchema,
  ListSchema,
  NamesSchema,
  ObjectSchema,
  Schema,
  VariantSchema,
} from './schema-types.ts';

/** `name`: the key at which the node stands, for messages. */
export function checkSchema(node: Node, schema: Schema, name: string, sink: DiagnosticSink): void {
  if (sink.isFull) return;
  switch (schema.kind) {
    case 'any':
      return;
    case 'forms':
      checkForms(node, schema, name, sink);
      return;
    case 'list':
      checkList(node, schema, name, sink);
      return;
    case 'object':
    case 'names':
    case 'variant':
      checkMapping(node, schema, name, sink);
      return;
    default:
      checkScalar(node, schema, name, sink);
  }
}

/** A key with nothing behind it is what `${{ if }}` leaves of a block. */
function isNothing(node: Node): boolean {
  const text = textOf(node);
  return text === '' || (text !== undefined && isUnexpanded(text));
}

function checkForms(node: Node, schema: FormsSchema, name: string, sink: DiagnosticSink): void {
  const form = schema[node.kind];
  if (form !== undefined) checkSchema(node, form, name, sink);
  else if (!isNothing(node)) {
    const message = `"${name}" must be ${formsOf(schema)}, and is ${describeNode(node)}.`;
    sink.report('VALUE_WRONG_TYPE', node.origin, message);
  }
}

function formsOf({ scalar, sequence, mapping }: FormsSchema): string {
  const forms = [scalar && 'one value', sequence && 'a list', mapping && 'keys with values'];
  return forms.filter((form) => form !== undefined).join(' or ');
}

function checkMapping(
  node: Node,
  schema: NamesSchema | ObjectSchema | VariantSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  if (node.kind !== 'mapping') {
    if (schema.kind === 'variant' || !isNothing(node)) reportNotMapping(node, schema, name, sink);
  } else if (schema.kind === 'names') checkNames(node, schema, sink);
  else if (schema.kind === 'variant') checkVariant(node, schema, sink);
  else checkObject(node, schema, sink);
}

function checkList(node: Node, schema: ListSchema, name: string, sink: DiagnosticSink): void {
  if (node.kind === 'sequence') {
    for (const item of node.items) checkSchema(item, schema.items, schema.of, sink);
  } else if (schema.mayBeOne && node.kind === 'scalar') {
    checkSchema(node, schema.items, name, sink);
  } else if (!isNothing(node)) {
    const message = `"${name}" must be a list, and is ${describeNode(node)}. Write each ${schema.of} on a line of its own after "- ".`;
    sink.report('VALUE_WRONG_TYPE', node.origin, message);
  }
}

function reportNotMapping(
  node: Node,
  schema: NamesSchema | ObjectSchema | VariantSchema,
  name: string,
  sink: DiagnosticSink,
): void {
  const expected = schema.kind === 'names' ? `keys (${schema.of} names)` : 'keys';
  const thing = schema.kind === 'variant' ? capitalize(schema.title) : `"${name}"`;
  const message = `${thing} must have ${expected} with values, and is ${describeNode(node)}. Write "key: value" lines.`;
  sink.report('VALUE_WRONG_TYPE', node.origin, message);
}

function checkNames(node: MappingNode, schema: NamesSchema, sink: DiagnosticSink): void {
  for (const { key, value } of node.entries) {
    checkKeyName(key, schema, sink);
    checkSchema(value, schema.values, key.text, sink);
  }
}

function checkVariant(node: MappingNode, schema: VariantSchema, sink: DiagnosticSink): void {
  const found = node.entries.filter(({ key }) => Object.hasOwn(schema.variants, key.text));
  const [entry, ...others] = found;
  const variant = entry === undefined ? undefined : schema.variants[entry.key.text];
  if (entry === undefined || variant === undefined) {
    reportNoKeyword(node, schema, sink);
    return;
  }
  const first = node.entries[0];
  if (first !== undefined && first !== entry && !schema.anyOrder) {
    const message = `"${entry.key.text}" must be the first key of ${variant.title}, and "${shorten(first.key.text)}" is. Move it up.`;
    sink.report('KEY_NOT_FIRST', entry.key.origin, message);
  }
  for (const { key } of others) reportSecondKeyword(key, entry.key, schema, sink);
  checkObject(node, variant, sink, others);
}

/** `judged`: entries of which all is said. */
function checkObject(
  node: MappingNode,
  schema: ObjectSchema,
  sink: DiagnosticSink,
  judged: readonly Entry[] = [],
): void {
  for (const entry of node.entries) if (!judged.includes(entry)) checkEntry(entry, schema, sink);
  for (const key of schema.required ?? []) {
    if (node.entries.some((entry) => entry.key.text === key)) continue;
    const message = `${capitalize(schema.title)} needs the key "${key}". Add "${key}: …".`;
    sink.report('KEY_MISSING', node.origin, message);
  }
  checkChoices(node, schema, sink);
}

function checkEntry({ key, value }: Entry, schema: ObjectSchema, sink: DiagnosticSink): void {
  const known = Object.hasOwn(schema.keys, key.text) ? schema.keys[key.text] : undefined;
  if (isUnexpanded(key.text)) return;
  if (known === undefined) {
    reportUnknownKey(key, schema, sink);
    return;
  }
  checkSpelling(key, schema, sink);
  checkSchema(value, known, key.text, sink);
}
