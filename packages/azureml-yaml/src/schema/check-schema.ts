// Second pass: walks tokens along a schema and reports what does not fit. Builds nothing.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import type { MapEntry, MapToken, Token } from '../text/token.ts';
import { checkScalar } from './check-scalar.ts';
import { describe } from './describe.ts';
import { foldWord } from './fold-word.ts';
import { brokenRule } from './name-rules.ts';
import type {
  ListSchema,
  NamesSchema,
  ObjectSchema,
  Schema,
  VariantSchema,
} from './schema-types.ts';

/** `path`: the keys on the way to the token, dotted; empty for the root. */
export function checkSchema(
  token: Token,
  schema: Schema,
  path: string,
  sink: DiagnosticSink,
): void {
  if (schema.noEffect !== undefined) {
    sink.report('HAS_NO_EFFECT', token.offset, `'${path}' has no effect here: ${schema.noEffect}`);
  }
  switch (schema.kind) {
    case 'notBuilt':
      sink.report(
        'FEATURE_NOT_SUPPORTED',
        token.offset,
        `'${path}' (${schema.feature}) is not supported; ${schema.instead}`,
      );
      return;
    case 'shortOrLong':
      if (token.kind === 'scalar' && token.value === null && schema.mayBeNull) return;
      checkSchema(token, token.kind === 'map' ? schema.long : schema.short, path, sink);
      return;
    case 'names':
    case 'object':
    case 'variant':
      if (token.kind === 'map') checkMap(token, schema, path, sink);
      else reportNotMap(token, schema, path, sink);
      return;
    case 'list':
      checkList(token, schema, path, sink);
      return;
    case 'any':
      return;
    default:
      checkScalar(token, schema, path, sink);
  }
}

function checkList(token: Token, schema: ListSchema, path: string, sink: DiagnosticSink): void {
  if (token.kind !== 'list' && schema.mayBeOne) {
    checkSchema(token, schema.items, path, sink);
    return;
  }
  if (token.kind !== 'list') {
    const message = `'${path}' must be a list of ${schema.of}s, and is ${describe(token)}; write each on a line below it after '- '`;
    sink.report('VALUE_WRONG_TYPE', token.offset, message);
    return;
  }
  if (token.items.length === 0 && !schema.mayBeEmpty) {
    const message = `'${path}' is empty; give it at least one ${schema.of}`;
    sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  }
  for (const [index, item] of token.items.entries()) {
    if (sink.isFull) return;
    checkSchema(item, schema.items, `${path}[${index}]`, sink);
  }
}

function checkMap(
  token: MapToken,
  schema: NamesSchema | ObjectSchema | VariantSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  if (schema.kind === 'names') checkNames(token, schema, path, sink);
  else if (schema.kind === 'variant') checkVariant(token, schema, path, sink);
  else checkObject(token, schema, path, sink);
}

function reportNotMap(
  token: Token,
  schema: NamesSchema | ObjectSchema | VariantSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  const expected =
    schema.kind === 'names' ? `a mapping of ${schema.of} names` : `a mapping (${schema.title})`;
  const thing = path === '' ? 'the file' : `'${path}'`;
  sink.report(
    'VALUE_WRONG_TYPE',
    token.offset,
    `${thing} must be ${expected}, and is ${describe(token)}; write 'key: value' lines below it`,
  );
}

function checkObject(
  token: MapToken,
  schema: ObjectSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  for (const entry of token.entries.values()) {
    if (sink.isFull) return;
    const known = Object.hasOwn(schema.keys, entry.key) ? schema.keys[entry.key] : undefined;
    if (known === undefined) reportUnknownKey(entry, schema, sink);
    else checkSchema(positionedAtKey(entry, known), known, join(path, entry.key), sink);
  }
  for (const key of schema.required ?? []) {
    if (token.entries.has(key)) continue;
    const place = path === '' ? '' : `'${path}': `;
    sink.report(
      'KEY_MISSING',
      token.offset,
      `${place}${schema.title} needs the key '${key}'; add '${key}: …'`,
    );
  }
}

/** A feature that is refused is shown at its key: that is the word to look for. */
function positionedAtKey(entry: MapEntry, schema: Schema): Token {
  return schema.kind === 'notBuilt' ? { ...entry.value, offset: entry.keyOffset } : entry.value;
}

function reportUnknownKey(entry: MapEntry, schema: ObjectSchema, sink: DiagnosticSink): void {
  const known = Object.keys(schema.keys).filter((key) => schema.keys[key]?.kind !== 'notBuilt');
  sink.report(
    'KEY_UNKNOWN',
    entry.keyOffset,
    `${schema.title} has no key '${shorten(entry.key)}'${hint(entry.key, known)}`,
  );
}

function checkVariant(
  token: MapToken,
  schema: VariantSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  const value = token.entries.get(schema.key)?.value;
  const name = value === undefined ? schema.fallback : variantName(value, schema, path, sink);
  if (name === null) return;
  const variant = schema.variants[name];
  if (variant !== undefined) checkMap(token, variant, path, sink);
}

/** Null when the key's value selects no variant; the reason is reported. */
function variantName(
  value: Token,
  schema: VariantSchema,
  path: string,
  sink: DiagnosticSink,
): string | null {
  const known = Object.keys(schema.variants);
  const written = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;
  const text = schema.anyCase && written !== null ? foldWord(written, known) : written;
  if (text !== null && Object.hasOwn(schema.variants, text)) return text;
  // The rest of the mapping is not judged: which keys it may have depends on this one.
  const spec = {
    kind: 'string',
    allowed: known,
    anyCase: schema.anyCase ?? false,
    ...(schema.notBuilt && { notBuilt: schema.notBuilt }),
  } as const;
  checkScalar(value, spec, join(path, schema.key), sink);
  return null;
}

function checkNames(
  token: MapToken,
  schema: NamesSchema,
  path: string,
  sink: DiagnosticSink,
): void {
  if (token.entries.size === 0 && !schema.mayBeEmpty) {
    sink.report(
      'VALUE_NOT_ALLOWED',
      token.offset,
      `'${path}' is empty; give it at least one ${schema.of}`,
    );
  }
  const seen = new Map<string, string>();
  for (const entry of token.entries.values()) {
    if (sink.isFull) return;
    checkName(entry, schema, seen, sink);
    checkSchema(entry.value, schema.values, join(path, entry.key), sink);
  }
}

/** Names become folders, and two that differ only in case are one folder on some systems. */
function checkName(
  entry: MapEntry,
  schema: NamesSchema,
  seen: Map<string, string>,
  sink: DiagnosticSink,
): void {
  const rule = brokenRule(entry.key, schema.rule);
  if (rule !== null) {
    sink.report(
      'NAME_INVALID',
      entry.keyOffset,
      `${schema.of} name '${shorten(entry.key)}' is not valid: a name is ${rule}; rename it`,
    );
  }
  if (schema.rule !== 'identifier') return;
  const folded = entry.key.toLowerCase();
  const other = seen.get(folded);
  if (other === undefined) seen.set(folded, entry.key);
  else {
    sink.report(
      'NAME_CONFLICT',
      entry.keyOffset,
      `${schema.of} names '${shorten(other)}' and '${shorten(entry.key)}' differ only in case; rename one`,
    );
  }
}

function join(path: string, key: string): string {
  return path === '' ? shorten(key) : `${path}.${shorten(key)}`;
}
