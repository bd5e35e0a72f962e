// The values of the language, their kinds, and how to make them.
import type { DateTimeValue } from './date-time.ts';
import type { Decimal } from './decimal.ts';
import type { VersionValue } from './version-value.ts';

export type Value =
  | null
  | boolean
  | Decimal
  | string
  | VersionValue
  | DateTimeValue
  | ArrayValue
  | ObjectValue;

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly Value[];
  /** Made by `*`: a further index goes into each item, and leaves out those without it. */
  readonly isFiltered?: boolean;
}

export interface ObjectValue {
  readonly kind: 'object';
  /** By lower-cased name; in the order of the file. */
  readonly entries: ReadonlyMap<string, ObjectEntry>;
  /**
   * What a name that is not there gives instead of null: a context may compute it, or throw an
   * ExpressionMistake (its offset is replaced by that of the access).
   */
  readonly whenMissing?: (name: string) => Value;
}

export interface ObjectEntry {
  readonly name: string;
  /** May be a getter: a context need not compute what no expression asks for. */
  readonly value: Value;
}

/** As they are called in traces and messages. */
export type ValueKind =
  | 'Null'
  | 'Boolean'
  | 'Number'
  | 'String'
  | 'Version'
  | 'DateTime'
  | 'Array'
  | 'Object';

const kindNames = {
  number: 'Number',
  version: 'Version',
  dateTime: 'DateTime',
  array: 'Array',
  object: 'Object',
} as const;

export function kindOf(value: Value): ValueKind {
  if (value === null) return 'Null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  return kindNames[value.kind];
}

export function arrayOf(items: readonly Value[]): ArrayValue {
  return { kind: 'array', items };
}

/** Of two names that differ in case only, the later one stays. */
export function objectOf(
  entries: Iterable<readonly [string, Value]>,
  whenMissing?: (name: string) => Value,
): ObjectValue {
  const byName = new Map<string, ObjectEntry>();
  for (const [name, value] of entries) byName.set(name.toLowerCase(), { name, value });
  return whenMissing === undefined
    ? { kind: 'object', entries: byName }
    : { kind: 'object', entries: byName, whenMissing };
}

/** The value of a name in any case; null when it is not there. */
export function memberOf(object: ObjectValue, name: string): Value {
  const entry = object.entries.get(name.toLowerCase());
  if (entry !== undefined) return entry.value;
  return object.whenMissing?.(name) ?? null;
}

/** Everything is, but null, false, 0 and the empty text. The text `False` is. */
export function isTruthy(value: Value): boolean {
  if (value === null || value === false || value === '') return false;
  return !(typeof value === 'object' && value.kind === 'number' && value.isZero);
}
