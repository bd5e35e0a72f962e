// A token as plain data, for values whose shape is the user's own.
import type { Token } from './token.ts';

/** Names, lists and mappings, as JSON has them. */
export type PlainValue =
  | PlainScalar
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };
type PlainScalar = string | number | boolean | null;

export function plainValue(token: Token): PlainValue {
  if (token.kind === 'scalar') return token.value;
  if (token.kind === 'list') return token.items.map(plainValue);
  return plainMap(token);
}

export function plainMap(token: Extract<Token, { kind: 'map' }>): Record<string, PlainValue> {
  const entries = [...token.entries.values()];
  // Entries, not assignments: `__proto__` is then a key like any other.
  return Object.fromEntries(entries.map(({ key, value }) => [key, plainValue(value)]));
}
