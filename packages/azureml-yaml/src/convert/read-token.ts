// Small readers of tokens for the converters. What does not fit was reported by the schema pass,
// so here it is only null.
import type { MapEntry, MapToken, ScalarToken, Token } from '../text/token.ts';

const noEntries: ReadonlyMap<string, MapEntry> = new Map();

export function valueAt(map: Token | null, key: string): Token | null {
  return map?.kind === 'map' ? (map.entries.get(key)?.value ?? null) : null;
}

export function entriesAt(map: Token | null, key: string): ReadonlyMap<string, MapEntry> {
  const value = valueAt(map, key);
  return value?.kind === 'map' ? value.entries : noEntries;
}

export function mapAt(map: Token | null, key: string): MapToken | null {
  const value = valueAt(map, key);
  return value?.kind === 'map' ? value : null;
}

/** The token of a string, for its position. */
export function stringTokenAt(
  map: Token | null,
  key: string,
): (ScalarToken & { value: string }) | null {
  const token = valueAt(map, key);
  return token !== null && isString(token) ? token : null;
}

export function isString(token: Token): token is ScalarToken & { value: string } {
  return token.kind === 'scalar' && typeof token.value === 'string';
}

export function stringAt(map: Token | null, key: string): string | null {
  return stringTokenAt(map, key)?.value ?? null;
}

export function numberAt(map: Token | null, key: string): number | null {
  const token = valueAt(map, key);
  return token?.kind === 'scalar' && typeof token.value === 'number' ? token.value : null;
}

export function booleanAt(map: Token | null, key: string): boolean | null {
  const token = valueAt(map, key);
  return token?.kind === 'scalar' && typeof token.value === 'boolean' ? token.value : null;
}

/** Text as written: a version `1.10` stays `1.10`. */
export function textAt(map: Token | null, key: string): string | null {
  const token = valueAt(map, key);
  return token?.kind === 'scalar' && token.value !== null ? token.text : null;
}

/** Tags and environment variables: numbers and booleans as written, empty as ''. */
export function textMapAt(map: Token | null, key: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { key: name, value } of entriesAt(map, key).values()) {
    if (value.kind === 'scalar') texts.set(name, value.value === null ? '' : value.text);
  }
  return texts;
}
