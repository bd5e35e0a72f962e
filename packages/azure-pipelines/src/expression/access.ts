// One step into an array or object: by index, by name, or `*`. What is not there is null.
import { castToNumber, castToText } from './casts.ts';
import type { MemoryMeter } from './memory-meter.ts';
import { arrayOf, memberOf, type Value } from './value.ts';

const bytesPerItem = 8;

export function accessIndex(target: Value, index: Value, memory: MemoryMeter): Value {
  if (typeof target !== 'object' || target === null) return null;
  if (target.kind === 'object') {
    const name = castToText(index);
    return name === undefined ? null : memberOf(target, name);
  }
  if (target.kind !== 'array') return null;
  if (target.isFiltered === true) return indexEach(target.items, index, memory);
  return itemAt(target.items, index) ?? null;
}

/** All values, as an array into whose items the next step goes. */
export function accessAll(target: Value, memory: MemoryMeter): Value {
  const isFiltered =
    typeof target === 'object' && target?.kind === 'array' && target.isFiltered === true;
  const sources = isFiltered ? target.items : [target];
  return filtered(
    sources.flatMap((source) => membersOf(source)),
    memory,
  );
}

function indexEach(items: readonly Value[], index: Value, memory: MemoryMeter): Value {
  const found: Value[] = [];
  const name = castToText(index)?.toLowerCase();
  for (const item of items) {
    if (typeof item !== 'object' || item === null) continue;
    if (item.kind === 'object' && name !== undefined) {
      const entry = item.entries.get(name);
      if (entry !== undefined) found.push(entry.value);
    } else if (item.kind === 'array') {
      const value = itemAt(item.items, index);
      if (value !== undefined) found.push(value);
    }
  }
  return filtered(found, memory);
}

/** A fraction is cut off, and a text that is a number counts as one. */
function itemAt(items: readonly Value[], index: Value): Value | undefined {
  const position = castToNumber(index)?.toNumber();
  return position === undefined || position < 0 ? undefined : items[Math.floor(position)];
}

function membersOf(value: Value): readonly Value[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value.kind === 'array') return value.items;
  if (value.kind !== 'object') return [];
  return [...value.entries.values()].map((entry) => entry.value);
}

function filtered(items: readonly Value[], memory: MemoryMeter): Value {
  memory.add(bytesPerItem * items.length);
  return { ...arrayOf(items), isFiltered: true };
}
