// The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded by one 32-bit word as in its
// authors' `init_genrand` of 2002. NumPy's RandomState and scikit-learn draw from this generator.

const size = 624;
const middle = 397;
const matrixA = 0x9908b0df;
const upperMask = 0x80000000;
const lowerMask = 0x7fffffff;

export class Mt19937 {
  readonly #state = new Uint32Array(size);
  #next = size;

  /** @param seed a whole number from 0 to 2³² - 1; the caller has checked it. */
  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < size; i++) {
      const previous = state[i - 1];
      state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** The next word, 0 to 2³² - 1. */
  nextUint32(): number {
    if (this.#next === size) this.#refill();
    let word = this.#state[this.#next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < size; i++) {
      const next = state[(i + 1) % size];
      const word = (state[i] & upperMask) | (next & lowerMask);
      const other = state[(i + middle) % size];
      state[i] = other ^ (word >>> 1) ^ (next & 1 ? matrixA : 0);
    }
    this.#next = 0;
  }
}
