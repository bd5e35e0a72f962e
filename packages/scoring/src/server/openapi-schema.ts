// A JSON Schema in the words of Swagger 2.0 or OpenAPI 3.0, whose schemas are older dialects.
// What a dialect cannot say is left out: the document then promises less, never something false.

import type { JsonSchema } from '../handler/json-schema.ts';

export type Dialect = 2 | 3;

export interface NamedSchemas {
  /** Keyed by the name under `definitions` (2.0) or `components/schemas` (3.0). */
  readonly [name: string]: unknown;
}

export const referencePrefix = { 2: '#/definitions/', 3: '#/components/schemas/' } as const;

/** The schema as `name`, and each of its `$defs` as `name_def`. */
export function toNamedSchemas(schema: JsonSchema, name: string, dialect: Dialect): NamedSchemas {
  const context = { name, dialect };
  const definitions = { ...asObject(schema.definitions), ...asObject(schema.$defs) };
  return Object.fromEntries([
    [name, convert(schema, context)],
    ...Object.entries(definitions).map(([key, part]) => [
      definitionName(name, key),
      convert(part, context),
    ]),
  ]);
}

interface Context {
  readonly name: string;
  readonly dialect: Dialect;
}

type Part = Record<string, unknown>;

const copiedKeywords =
  'title description format default enum required minimum maximum multipleOf minLength maxLength ' +
  'pattern minItems maxItems uniqueItems minProperties maxProperties readOnly example';
const copied = new Set(copiedKeywords.split(' '));
const copiedBy = { 2: copied, 3: new Set([...copied, 'writeOnly', 'deprecated']) } as const;
const listsBy = { 2: ['allOf'], 3: ['allOf', 'anyOf', 'oneOf'] } as const;

function convert(schema: unknown, context: Context): Part {
  if (typeof schema !== 'object' || schema === null) return {};
  const source: Part = { ...schema };
  if (typeof source.$ref === 'string') return convertReference(source.$ref, context);
  return {
    ...pick(source, copiedBy[context.dialect]),
    ...convertType(source, context.dialect),
    ...convertValues(source),
    ...convertParts(source, context),
  };
}

function convertReference(reference: string, { name, dialect }: Context): Part {
  if (reference === '#') return { $ref: referencePrefix[dialect] + name };
  const key = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(reference)?.[1];
  return key === undefined ? {} : { $ref: referencePrefix[dialect] + definitionName(name, key) };
}

function convertType({ type }: Part, dialect: Dialect): Part {
  if (type === undefined) return {};
  const names = [type].flat();
  const kinds = names.filter((kind) => kind !== 'null');
  const nullable = dialect === 2 ? { 'x-nullable': true } : { nullable: true };
  return {
    ...(kinds.length === 1 && { type: kinds[0] }),
    ...(kinds.length < names.length && nullable),
  };
}

function convertValues(source: Part): Part {
  const [example] = Array.isArray(source.examples) ? source.examples : [];
  return {
    ...(source.const !== undefined && { enum: [source.const] }),
    ...(example !== undefined && { example }),
    ...exclusiveBound(source, 'exclusiveMinimum', 'minimum'),
    ...exclusiveBound(source, 'exclusiveMaximum', 'maximum'),
  };
}

// Later drafts give the bound itself; these dialects give a flag beside `minimum`.
function exclusiveBound(source: Part, flag: string, bound: string): Part {
  return typeof source[flag] === 'number' ? { [bound]: source[flag], [flag]: true } : {};
}

function convertParts(source: Part, context: Context): Part {
  const parts: Part = {};
  if (source.properties !== undefined) {
    const entries = Object.entries(asObject(source.properties));
    parts.properties = Object.fromEntries(entries.map(([key, p]) => [key, convert(p, context)]));
  }
  // Both dialects ask for `items` beside every array; a tuple is described by its length alone.
  if ([source.type].flat().includes('array')) {
    parts.items = Array.isArray(source.items) ? {} : convert(source.items, context);
  }
  const extra = source.additionalProperties;
  if (extra !== undefined) {
    parts.additionalProperties = typeof extra === 'boolean' ? extra : convert(extra, context);
  }
  for (const keyword of listsBy[context.dialect]) {
    const list = source[keyword];
    if (Array.isArray(list)) parts[keyword] = list.map((part) => convert(part, context));
  }
  if (context.dialect === 3 && source.not !== undefined) parts.not = convert(source.not, context);
  return parts;
}

function pick(source: Part, keywords: ReadonlySet<string>): Part {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keywords.has(key)));
}

function definitionName(name: string, key: string): string {
  return `${name}_${key.replace(/[^\w.-]/g, '_')}`;
}

function asObject(value: unknown): Part {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
