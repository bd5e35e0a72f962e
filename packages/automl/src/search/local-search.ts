// A frugal local search in one family's space, after FLAML's CFO (Wu, Wang and Huang 2021): a step in
// a random direction of the logarithms; where it does not help, the opposite one; after enough failures
// a shorter step. Several proposals may be out at once: each starts from the best point known by then.
import type { Parameters } from '@ridgeline/learn';
import { randomNumbers } from '../evaluation/random-rows.ts';
import type { Dimension } from '../learners/learner.ts';

/** Coordinates from 0 to 1, one a dimension. */
type Point = readonly number[];

const firstStep = 0.25;
const leastStep = 0.01;

export class LocalSearch {
  readonly #dimensions: readonly Dimension[];
  readonly #random: () => number;
  readonly #out = new Map<number, Point>();
  #best: Point;
  #bestLoss: number;
  #step = firstStep;
  #failures = 0;
  /** The direction to try next, because its opposite did not help. */
  #opposite: Point | null = null;

  /** @param from parameters of the best configuration so far, with its loss. */
  constructor(dimensions: readonly Dimension[], from: Parameters, loss: number, seed: number) {
    this.#dimensions = dimensions;
    this.#random = randomNumbers(seed);
    this.#best = dimensions.map((dimension) => toUnit(dimension, from[dimension.name]));
    this.#bestLoss = loss;
  }

  get bestLoss(): number {
    return this.#bestLoss;
  }

  /** Whether steps have become so short that nothing more is to be had here. */
  get isDone(): boolean {
    return this.#step < leastStep;
  }

  propose(id: number): Parameters {
    const direction = this.#opposite ?? this.#direction();
    this.#opposite = this.#opposite === null ? direction.map((each) => -each) : null;
    const point = this.#best.map((at, i) => clamp(at + this.#step * direction[i]));
    this.#out.set(id, point);
    return Object.fromEntries(
      this.#dimensions.map((dimension, i) => [dimension.name, fromUnit(dimension, point[i])]),
    );
  }

  tell(id: number, loss: number): void {
    const point = this.#out.get(id);
    this.#out.delete(id);
    if (point === undefined) return;
    if (loss < this.#bestLoss) {
      this.#best = point;
      this.#bestLoss = loss;
      this.#failures = 0;
      this.#opposite = null;
      this.#step = Math.min(0.5, this.#step * 1.2);
      return;
    }
    this.#failures++;
    if (this.#failures < 2 * this.#dimensions.length) return;
    this.#failures = 0;
    this.#step /= 2;
  }

  /** A random unit vector: normal numbers, divided by their length. */
  #direction(): Point {
    const normal = this.#dimensions.map(() => {
      return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
    });
    const length = Math.hypot(...normal) || 1;
    return normal.map((each) => (each / length) * Math.sqrt(normal.length / 2));
  }
}

function toUnit({ min, max, isLog, start }: Dimension, given: unknown): number {
  const value = typeof given === 'number' ? given : start;
  if (!isLog) return clamp((value - min) / (max - min));
  return clamp(Math.log(Math.max(value, min) / min) / Math.log(max / min));
}

function fromUnit({ min, max, isLog, isWhole }: Dimension, at: number): number {
  const value = isLog ? min * (max / min) ** at : min + at * (max - min);
  const bounded = Math.min(max, Math.max(min, value));
  return isWhole ? Math.round(bounded) : Number(bounded.toPrecision(4));
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
