// The tree that becomes the final YAML: plain texts, lists and mappings, each with the place that
// it came from.

import type { Origin } from '../../text/origin.ts';
import type { Text } from '../pipeline.ts';

export type Written = WrittenText | WrittenList | WrittenMapping;

export interface WrittenText {
  readonly kind: 'text';
  readonly text: string;
  readonly origin?: Origin;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly items: readonly Written[];
}

export interface WrittenMapping {
  readonly kind: 'mapping';
  readonly entries: readonly (readonly [string, Written])[];
  /** Of lines whose value has none of its own. */
  readonly origin?: Origin;
}

type Value = Written | Text | string | number | boolean | undefined;

/** Without the keys whose value is undefined. */
export function mapping(
  entries: readonly (readonly [string, Value])[],
  origin?: Origin,
): WrittenMapping {
  const written = entries.flatMap(([key, value]) =>
    value === undefined ? [] : [[key, toWritten(value)] as const],
  );
  return { kind: 'mapping', entries: written, ...(origin && { origin }) };
}

export function list(items: readonly Value[]): WrittenList {
  return {
    kind: 'list',
    items: items.flatMap((item) => (item === undefined ? [] : toWritten(item))),
  };
}

/** Undefined for an empty one, so that its key is left out. */
export function listUnlessEmpty(items: readonly Value[]): WrittenList | undefined {
  return items.length === 0 ? undefined : list(items);
}

export function namesUnlessEmpty(names: ReadonlyMap<string, Text>): WrittenMapping | undefined {
  return names.size === 0 ? undefined : mapping([...names]);
}

function toWritten(value: Exclude<Value, undefined>): Written {
  if (typeof value !== 'object') return { kind: 'text', text: String(value) };
  return 'kind' in value ? value : { kind: 'text', text: value.text, origin: value.origin };
}
