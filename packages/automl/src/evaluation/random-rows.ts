// Seeded orders and parts of rows. The generator is NumPy's, so that a seed gives the same rows on
// every machine.
import { RandomState } from '@ridgeline/learn';

/** The rows in random order. */
export function shuffled(rows: Int32Array, seed: number): Int32Array {
  return new RandomState(seed).permutation(rows.length).map((at) => rows[at]);
}

/** A seed made of others, 0 to 2^32 - 1: near seeds give unrelated ones. */
export function mixSeed(...parts: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part >>> 0), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}

/** Numbers from 0 to below 1, by a seed. */
export function randomNumbers(seed: number): () => number {
  const state = new RandomState(seed);
  return () => state.nextUint32() / 2 ** 32;
}
