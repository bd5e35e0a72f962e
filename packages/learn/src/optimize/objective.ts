// What the quasi-Newton method minimises.

/** A smooth convex function. */
export interface Objective {
  /** Number of its variables. */
  readonly size: number;
  /** The value at `at`; leaves the gradient there in `gradient`. */
  evaluate(at: Float64Array, gradient: Float64Array): number;
}
