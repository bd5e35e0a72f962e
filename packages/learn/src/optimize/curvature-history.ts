// The memory of L-BFGS: the last steps and the changes of the gradient over them, and the direction
// that follows from them (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4).

import { addScaled, dot } from '../linear/vector-kernels.ts';

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

export class CurvatureHistory {
  readonly #limit: number;
  readonly #pairs: Pair[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#pairs.length === 0;
  }

  clear(): void {
    this.#pairs.length = 0;
  }

  /** A pair without positive curvature says nothing of a convex function and is left out. */
  add(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    if (!(curvature > Number.EPSILON * dot(change, change))) return;
    this.#pairs.push({ step, change, curvature });
    if (this.#pairs.length > this.#limit) this.#pairs.shift();
  }

  /** Minus the inverse Hessian, as far as it is known, times the gradient. */
  direction(gradient: Float64Array): Float64Array {
    const found = gradient.map((value) => -value);
    const shares: number[] = [];
    for (let i = this.#pairs.length - 1; i >= 0; i--) {
      const { step, change, curvature } = this.#pairs[i];
      shares[i] = dot(step, found) / curvature;
      addScaled(found, -shares[i], change);
    }
    const last = this.#pairs.at(-1);
    if (last !== undefined) {
      const scale = last.curvature / dot(last.change, last.change);
      for (let j = 0; j < found.length; j++) found[j] *= scale;
    }
    this.#pairs.forEach(({ step, change, curvature }, i) => {
      addScaled(found, shares[i] - dot(change, found) / curvature, step);
    });
    return found;
  }
}
