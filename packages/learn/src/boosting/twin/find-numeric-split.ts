// Twin of kernels/boosting/find-split.as.ts and what it imports.

import type { Heap } from '../../kernels/heap.ts';

const featureWords = 6;

export function findNumericSplit(
  heap: Heap,
  histogram: number,
  features: number,
  featureCount: number,
  settings: number,
  found: number,
): void {
  const { i32, f64 } = heap;
  const search = new Search(f64.subarray(settings >>> 3, (settings >>> 3) + 9));
  const walks = Array.from({ length: featureCount }, (_, f) => {
    const at = (features >>> 2) + featureWords * f;
    return walkOf(heap, histogram, i32.subarray(at, at + featureWords), f);
  });
  for (const pair of search.isConstrained ? walks.map((walk) => [walk]) : inPairs(walks)) {
    const last = Math.max(...pair.map(({ to }) => to));
    for (let bin = 0; bin <= last; bin++) for (const walk of pair) walk.step(search, bin);
  }
  f64.set(search.result(), found >>> 3);
}

interface Walk {
  readonly from: number;
  readonly to: number;
  readonly hasMissing: boolean;
  step(search: Search, bin: number): void;
}

function walkOf(heap: Heap, histogram: number, words: Int32Array, feature: number): Walk {
  const [offset, realBins, from, to, direction] = words;
  const first = (histogram >>> 2) + 2 * offset;
  const missing = sumAt(heap, first, realBins);
  const hasMissing = missing.gradient !== 0 || missing.hessian !== 0;
  let left: Sums = { gradient: 0, hessian: 0 };
  const step = (search: Search, bin: number) => {
    left = plus(left, sumAt(heap, first, bin));
    if (bin < from) return;
    const split = { feature, bin, direction };
    search.offer({ ...split, missingLeft: false, ...left });
    if (hasMissing) search.offer({ ...split, missingLeft: true, ...plus(left, missing) });
  };
  return { from, to, hasMissing, step };
}

// Features without missing values are walked two at a time where their ranges are the same. Which of
// two equal gains comes first hangs on it.
function* inPairs(walks: readonly Walk[]): Generator<readonly Walk[]> {
  let waiting: Walk | null = null;
  for (const walk of walks) {
    if (walk.hasMissing) yield [walk];
    else if (waiting === null) waiting = walk;
    else {
      if (waiting.from === walk.from && waiting.to === walk.to) yield [waiting, walk];
      else yield* [[waiting], [walk]];
      waiting = null;
    }
  }
  if (waiting !== null) yield [waiting];
}

interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

function sumAt({ i32 }: Heap, first: number, bin: number): Sums {
  return { gradient: i32[first + 2 * bin + 1], hessian: i32[first + 2 * bin] };
}

function plus(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian };
}

interface Offer extends Sums {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly direction: number;
}

/** Keeps the best of the splits that it is offered, the first of equals. */
class Search {
  readonly isConstrained: boolean;
  readonly #settings: Float64Array;
  #gain: number;
  #best: Offer | null = null;

  constructor(settings: Float64Array) {
    this.#settings = settings;
    this.#gain = settings[5];
    this.isConstrained = settings[8] !== 0;
  }

  offer(offer: Offer): void {
    const [gradients, hessians, , , least] = this.#settings;
    const right = { gradient: gradients - offer.gradient, hessian: hessians - offer.hessian };
    if (offer.hessian < least || right.hessian < least) return;
    const [upper, lower] = this.isConstrained
      ? [this.#constrainedGain(offer, right, offer.direction), 1]
      : this.#freeGain(offer, right);
    if (!(upper > this.#gain * lower)) return;
    this.#gain = upper / lower;
    this.#best = offer;
  }

  result(): readonly number[] {
    const best = this.#best;
    if (best === null) return [this.#gain, -1, 0, 0, 0, 0];
    const { feature, bin, missingLeft, gradient, hessian } = best;
    return [this.#gain, feature, bin, missingLeft ? 1 : 0, gradient, hessian];
  }

  #freeGain(left: Sums, right: Sums): readonly [number, number] {
    const l2 = this.#settings[3];
    const l = this.#shrunk(left.gradient);
    const r = this.#shrunk(right.gradient);
    const a = left.hessian + l2;
    const b = right.hessian + l2;
    return [l * l * b + r * r * a, a * b];
  }

  #constrainedGain(left: Sums, right: Sums, direction: number): number {
    const leftValue = this.#boundedValue(left);
    const rightValue = this.#boundedValue(right);
    if (direction > 0 && leftValue > rightValue) return -1;
    if (direction < 0 && leftValue < rightValue) return -1;
    return this.#gainAt(left, leftValue) + this.#gainAt(right, rightValue);
  }

  #boundedValue({ gradient, hessian }: Sums): number {
    const [, , , l2, , , lowest, highest] = this.#settings;
    return Math.min(Math.max(-this.#shrunk(gradient) / (hessian + l2), lowest), highest);
  }

  #gainAt({ gradient, hessian }: Sums, value: number): number {
    const l2 = this.#settings[3];
    return -(2 * this.#shrunk(gradient) * value + (hessian + l2) * value * value);
  }

  #shrunk(gradient: number): number {
    const l1 = this.#settings[2];
    if (gradient > l1) return gradient - l1;
    return gradient < -l1 ? gradient + l1 : 0;
  }
}
