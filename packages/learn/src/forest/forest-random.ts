// The random numbers of forests: Mulberry32 (Ettinger 2017), a counter run through a mixing function.
// Chosen because the kernels draw the same numbers from one 32-bit word of state.

const twoTo32 = 2 ** 32;

/** The next state of the generator. */
function nextState(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** The 32 random bits that belong to a state. */
export function mixed(state: number): number {
  let z = Math.imul(state ^ (state >>> 15), state | 1);
  z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
  return (z ^ (z >>> 14)) >>> 0;
}

/**
 * The seed of tree `index` of the forest with `seed`: every tree has a stream of its own, so that any
 * number of threads, in any order, grows the same forest.
 */
export function treeSeed(seed: number, index: number): number {
  return mixed((mixed(seed >>> 0) ^ mixed((index + 0x9e3779b9) >>> 0)) >>> 0);
}

/** A stream of random numbers. */
export class ForestRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `count - 1`; `count` is at most 2²¹, or the tail is a little less even. */
  below(count: number): number {
    this.#state = nextState(this.#state);
    return Math.floor((mixed(this.#state) * count) / twoTo32);
  }
}
