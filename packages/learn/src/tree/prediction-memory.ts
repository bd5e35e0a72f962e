// The one memory in which this thread's ensembles are predicted with, and the kernels over it. An
// ensemble's image is copied in when it is first used; when the memory is full, all go, and come back
// as they are used. Nothing has to be freed, and a thread that loads many models stays small.

import { KernelMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { instantiate } from '../kernels/web-assembly.ts';

export interface PredictionKernels {
  score32(image: number, row: number, bits: number, out: number): void;
  score64(image: number, row: number, bits: number, out: number): void;
  scoreEight32: ScoreFour;
  scoreEight64: ScoreFour;
  walkRow(image: number, row: number, cursors: number, out: number): void;
  walkRows(
    image: number,
    rows: number,
    count: number,
    width: number,
    cursors: number,
    out: number,
  ): void;
}

type ScoreFour = (
  image: number,
  rows: number,
  count: number,
  width: number,
  bits: number,
  out: number,
) => void;

/** All images together stay below this, unless one alone is larger. */
const fullBytes = 2 ** 28;
/** An image with its scratch may not be larger; the TypeScript twin takes such an ensemble. */
export const largestImageBytes = 2 ** 30;

const compiled = await loadKernel('prediction');

class PredictionMemory {
  readonly kernels: PredictionKernels;
  /** Counts how often the memory was emptied: an address of another age is void. */
  age = 0;
  readonly #memory = new KernelMemory();
  #used = 0;

  constructor(module: NonNullable<typeof compiled>) {
    this.kernels = instantiate<PredictionKernels>(module, this.#memory.memory);
  }

  /** Room for `byteLength` bytes; may void all addresses given before. */
  place(byteLength: number): Uint8Array {
    if (this.#used > 0 && this.#used + byteLength > fullBytes) {
      this.#memory.reset();
      this.#used = 0;
      this.age++;
    }
    this.#used += byteLength;
    return this.#memory.uint8(byteLength);
  }
}

/** Null where the TypeScript twin is to be used. */
export const predictionMemory = compiled === null ? null : new PredictionMemory(compiled);
