// A JobRun as JSON and back, for those who run it on another machine. Maps and sets are marked, at
// any depth; an object of a user's whose key looks like such a mark is marked itself.
import type { JobRun } from './job-run.ts';

/** The only keys that mean something: `$map` and `$set` hold a list, `$object` an object's entries. */
const marks = new Set(['$map', '$set', '$object']);

/** It holds the values of secret variables: keep and send it as secrets are. */
export function packJobRun(run: JobRun): unknown {
  return pack(run);
}

/** @param packed what `packJobRun` gave, after any way through JSON */
export function unpackJobRun(packed: unknown): JobRun {
  return unpack(packed) as JobRun;
}

function pack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(pack);
  if (value instanceof Map) return { $map: [...value].map(packEntry) };
  if (value instanceof Set) return { $set: [...value].map(pack) };
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  // `__proto__` would be lost as a key of a plain object.
  const isPlain = entries.every(([key]) => !marks.has(key) && key !== '__proto__');
  const packed = entries.map(packEntry);
  return isPlain ? Object.fromEntries(packed) : { $object: packed };
}

function packEntry([key, value]: readonly [unknown, unknown]): [string, unknown] {
  return [pack(key) as string, pack(value)];
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  const [[mark, content] = []] = Object.entries(value);
  if (mark === '$map') return new Map(entriesOf(content));
  if (mark === '$set') return new Set((content as readonly unknown[]).map(unpack));
  if (mark === '$object') return Object.fromEntries(entriesOf(content));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]));
}

function entriesOf(content: unknown): readonly (readonly [string, unknown])[] {
  const entries = content as readonly (readonly [string, unknown])[];
  return entries.map(([key, each]) => [key, unpack(each)] as const);
}
