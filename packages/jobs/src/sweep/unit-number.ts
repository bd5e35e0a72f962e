// Random numbers that are a function of what they are for: of a seed and of names. A server that
// takes a sweep up again draws the same ones, and another parameter beside it changes none.
import { createHash } from 'node:crypto';

/** Above 0 and below 1. */
export function unitNumber(...purpose: ReadonlyArray<string | number>): number {
  const digest = createHash('sha256').update(JSON.stringify(purpose)).digest();
  return (digest.readUIntBE(0, 6) + 0.5) / 2 ** 48;
}

/** A source of numbers from 0 up to 1, for where very many are needed: Mulberry32. */
export function unitNumbers(...purpose: ReadonlyArray<string | number>): () => number {
  let state = Math.floor(unitNumber(...purpose) * 2 ** 32);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
