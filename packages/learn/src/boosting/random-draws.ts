// The random choices of boosting, each from a seed: the same on every machine.

import type { RandomState } from '../random/random-state.ts';

/** 32 bits that depend on all of the words. */
export function mixed(...words: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** `size` of the rows 0 to `rowCount - 1`, ascending: one out of each of as many equal stretches. */
export function spreadRows(rowCount: number, size: number): Int32Array {
  const step = rowCount / size;
  return Int32Array.from({ length: size }, (_, i) => {
    // Where in its stretch is by hash, as data may repeat in a rhythm.
    return Math.min(rowCount - 1, Math.floor((i + mixed(i) / 2 ** 32) * step));
  });
}

/** A whole number from 0 to `count - 1`. */
export function drawBelow(random: RandomState, count: number): number {
  return Math.floor((random.nextUint32() / 2 ** 32) * count);
}

/** `size` of the items, in their order. */
export function drawSome<Item>(
  random: RandomState,
  items: readonly Item[],
  size: number,
): readonly Item[] {
  if (size >= items.length) return items;
  const order = items.map((_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + drawBelow(random, order.length - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order
    .slice(0, size)
    .sort((a, b) => a - b)
    .map((i) => items[i]);
}
