// Gradients of a round as integers. Owns the scales: as fine as they may be without a sum that leaves
// its 32 bits, which is checked against the sums themselves. A round's scale comes from the sums of the
// round before; where those grew too much, the round is packed again.

import type { Loss } from '../loss/loss.ts';
import type { Crew } from './crew.ts';
import type { Scales } from './find-split.ts';
import type { FitLayout } from './layout.ts';

/** What sums of |gradient| and of hessians may reach; a bit below what 31 bits hold. */
const gradientLimit = 2 ** 31 - 2 ** 16;
const hessianLimit = 2 ** 31 - 2 ** 16;
/** Share of the limit that the next round aims at: gradients seldom double in a round. */
const aim = 0.5;
/** Below this share of the limit, scales are too coarse to keep. */
const leastShare = 1 / 64;
/** Within float32, as the kernels take it. */
const greatestScale = 2 ** 126;
/** The search for a scale of unknown gradients multiplies by up to 2³⁰; float32 has 2²⁵⁶ in it. */
const mostAttempts = 24;

export class GradientPacker {
  readonly #layout: FitLayout;
  readonly #crew: Crew;
  readonly #loss: Loss;
  readonly #shards: readonly { readonly first: number; readonly count: number }[];
  /** One an output. */
  readonly #scales: Scales[];

  constructor(
    layout: FitLayout,
    crew: Crew,
    loss: Loss,
    shards: readonly { readonly first: number; readonly count: number }[],
  ) {
    this.#layout = layout;
    this.#crew = crew;
    this.#loss = loss;
    this.#shards = shards;
    this.#scales = Array.from({ length: loss.outputCount }, () => ({ gradient: 1, hessian: 1 }));
  }

  /** Before the trees of a round: what all outputs' gradients share. */
  beginRound(): void {
    const { probabilities, scores, scoreStride } = this.#layout;
    if (this.#loss.outputCount === 1) return;
    this.#crew.run('softmaxProbabilities', (shard) => {
      const { first, count } = this.#shards[shard];
      const score = scores.byteOffset + 4 * first;
      return [score, this.#loss.outputCount, scoreStride, count, probabilities + 4 * first];
    });
  }

  /** Packs the gradients of one output; null where all are 0, so that nothing is left to learn. */
  pack(output: number): Scales | null {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const scales = this.#scales[output];
      const [gradients, hessians] = this.#packWith(output, scales);
      const next = {
        gradient: nextScale(scales.gradient, gradients, gradientLimit),
        hessian: this.#countsRows ? 1 : nextScale(scales.hessian, hessians, hessianLimit),
      };
      this.#scales[output] = next;
      const isFit =
        isWithin(gradients, gradientLimit, scales.gradient, next.gradient) &&
        (this.#countsRows || isWithin(hessians, hessianLimit, scales.hessian, next.hessian));
      if (isFit) return gradients > 0 ? scales : null;
    }
    return null;
  }

  /** With a hessian of 1 a row, hessian sums are exact counts of rows. */
  get #countsRows(): boolean {
    return this.#loss.hasConstantHessian && this.#layout.weights === null;
  }

  #packWith(output: number, scales: Scales): readonly [number, number] {
    const { sums } = this.#layout;
    const { kernel } = this.#loss;
    this.#crew.run(kernel === null ? 'packSoftmaxGradients' : 'packGradients', (shard) => {
      const common = this.#commonArguments(shard, output, scales);
      if (kernel !== null) return [kernel.code, ...common, kernel.detail];
      const classes = this.#loss.outputCount;
      return [...common, output, classes / (classes - 1)];
    });
    let gradients = 0;
    let hessians = 0;
    for (let shard = 0; shard < this.#crew.size; shard++) {
      gradients += sums[2 * shard];
      hessians += sums[2 * shard + 1];
    }
    return [gradients, hessians];
  }

  #commonArguments(shard: number, output: number, scales: Scales): readonly number[] {
    const { probabilities, scores, scoreStride, targets, weights, packed, sums } = this.#layout;
    const { first, count } = this.#shards[shard];
    const base = this.#loss.kernel === null ? probabilities : scores.byteOffset;
    return [
      base + 4 * (output * scoreStride + first),
      targets.byteOffset + 4 * first,
      weights === null ? 0 : weights.byteOffset + 4 * first,
      count,
      scales.gradient,
      scales.hessian,
      packed + 8 * first,
      sums.byteOffset + 16 * shard,
    ];
  }
}

function nextScale(scale: number, sum: number, limit: number): number {
  // Nothing seen: perhaps all of it was rounded away.
  const factor = sum === 0 ? 2 ** 30 : (aim * limit) / sum;
  return Math.fround(Math.min(greatestScale, scale * Math.min(factor, 2 ** 30)));
}

function isWithin(sum: number, limit: number, scale: number, next: number): boolean {
  return sum <= limit && (sum >= leastShare * limit || next === scale);
}
