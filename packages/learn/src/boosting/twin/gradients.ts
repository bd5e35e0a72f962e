// Twins of kernels/boosting/gradients.as.ts, to the bit: each operation is rounded to float32.

import type { Heap } from '../../kernels/heap.ts';
import { lossCode } from '../../loss/loss-code.ts';
import { exponential } from './exponential.ts';

const { fround } = Math;

export function packGradients(
  heap: Heap,
  loss: number,
  scores: number,
  targets: number,
  weights: number,
  count: number,
  gradientScale: number,
  hessianScale: number,
  packed: number,
  sums: number,
  detail: number,
): void {
  const { f32 } = heap;
  const packer = new Packer(heap, weights, gradientScale, hessianScale, packed);
  const above = fround(1 - fround(detail));
  for (let k = 0; k < upToFour(count); k++) {
    const score = f32[(scores >>> 2) + k];
    const target = f32[(targets >>> 2) + k];
    const error = fround(score - target);
    if (loss === lossCode.logistic) {
      const probability = fround(1 / fround(1 + exponential(-score)));
      const hessian = fround(probability * fround(1 - probability));
      packer.store(k, fround(probability - target), hessian);
    } else if (loss === lossCode.pinball) {
      packer.store(k, error > 0 ? above : error < 0 ? -detail : 0, 1);
    } else if (loss === lossCode.poisson) {
      const mean = exponential(score);
      packer.store(k, fround(mean - target), fround(mean * fround(detail)));
    } else {
      packer.store(k, error, 1);
    }
  }
  packer.storeSums(sums);
}

export function packSoftmaxGradients(
  heap: Heap,
  probabilities: number,
  targets: number,
  weights: number,
  count: number,
  gradientScale: number,
  hessianScale: number,
  packed: number,
  sums: number,
  code: number,
  factor: number,
): void {
  const { f32 } = heap;
  const packer = new Packer(heap, weights, gradientScale, hessianScale, packed);
  for (let k = 0; k < upToFour(count); k++) {
    const probability = f32[(probabilities >>> 2) + k];
    const isClass = f32[(targets >>> 2) + k] === code ? 1 : 0;
    const variance = fround(probability * fround(1 - probability));
    packer.store(k, fround(probability - isClass), fround(variance * fround(factor)));
  }
  packer.storeSums(sums);
}

export function softmaxProbabilities(
  { f32 }: Heap,
  scores: number,
  classCount: number,
  stride: number,
  count: number,
  probabilities: number,
): void {
  for (let k = 0; k < upToFour(count); k++) {
    const score = (scores >>> 2) + k;
    const probability = (probabilities >>> 2) + k;
    let largest = f32[score];
    for (let c = 1; c < classCount; c++) largest = Math.max(largest, f32[score + c * stride]);
    let sum = 0;
    for (let c = 0; c < classCount; c++) {
      const power = exponential(fround(f32[score + c * stride] - largest));
      f32[probability + c * stride] = power;
      sum = fround(sum + power);
    }
    for (let c = 0; c < classCount; c++) f32[probability + c * stride] /= sum;
  }
}

/** Weighs, rounds, packs and sums up. */
class Packer {
  readonly #heap: Heap;
  readonly #weights: number;
  readonly #gradientScale: number;
  readonly #hessianScale: number;
  readonly #packed: number;
  #gradientSum = 0;
  #hessianSum = 0;

  constructor(
    heap: Heap,
    weights: number,
    gradientScale: number,
    hessianScale: number,
    packed: number,
  ) {
    this.#heap = heap;
    this.#weights = weights;
    this.#gradientScale = fround(gradientScale);
    this.#hessianScale = fround(hessianScale);
    this.#packed = packed >>> 2;
  }

  store(row: number, gradient: number, hessian: number): void {
    const { f32, i32 } = this.#heap;
    const weight = this.#weights === 0 ? 1 : f32[(this.#weights >>> 2) + row];
    const g = rounded(fround(fround(fround(gradient) * weight) * this.#gradientScale));
    const h = rounded(fround(fround(hessian * weight) * this.#hessianScale));
    i32[this.#packed + 2 * row] = h;
    i32[this.#packed + 2 * row + 1] = g;
    this.#gradientSum += Math.abs(g);
    this.#hessianSum += h;
  }

  storeSums(sums: number): void {
    this.#heap.f64[sums >>> 3] = this.#gradientSum;
    this.#heap.f64[(sums >>> 3) + 1] = this.#hessianSum;
  }
}

/** To the nearest whole number, halves to even, within 32 bits; 0 for NaN. */
function rounded(value: number): number {
  if (Number.isNaN(value)) return 0;
  const bounded = Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), value));
  const below = Math.floor(bounded);
  const rest = bounded - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

// The compiled kernels take four rows at a time; the rows behind the last count nowhere.
function upToFour(count: number): number {
  return (count + 3) & ~3;
}
