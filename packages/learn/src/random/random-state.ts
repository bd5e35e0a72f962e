// The part of NumPy's legacy RandomState that splitting needs, number for number. NumPy has frozen
// these streams, so the same seed gives the same rows here, there, and on every machine.

import { LearnError } from '../errors.ts';
import { Mt19937 } from './mt19937.ts';

const largestSeed = 2 ** 32 - 1;
const largestLength = 2 ** 31 - 1;

export class RandomState {
  readonly #generator: Mt19937;

  /**
   * @param seed a whole number from 0 to 2³² - 1.
   * @throws LearnError PARAMETER_INVALID for any other seed.
   */
  constructor(seed: number) {
    checkWhole('seed', seed, 0, largestSeed);
    this.#generator = new Mt19937(seed);
  }

  /** The next 32 random bits, 0 to 2³² - 1. */
  nextUint32(): number {
    return this.#generator.nextUint32();
  }

  /**
   * A random order of 0 to `length` - 1: `numpy.random.RandomState(seed).permutation(length)`.
   * @throws LearnError PARAMETER_INVALID unless `length` is a whole number from 0 to 2³¹ - 1.
   */
  permutation(length: number): Int32Array {
    checkWhole('the length of a permutation', length, 0, largestLength);
    const order = new Int32Array(length).map((_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.#interval(i);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /** A number from 0 to `max`: NumPy masks the word's bits and draws again above `max`. */
  #interval(max: number): number {
    const mask = 0xffffffff >>> Math.clz32(max);
    let value = max + 1;
    while (value > max) value = (this.#generator.nextUint32() & mask) >>> 0;
    return value;
  }
}

function checkWhole(what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new LearnError(
      'PARAMETER_INVALID',
      `${what} is ${value}: expected a whole number from ${min} to ${max}`,
    );
  }
}
