// What learners without sample weights say when they are given some: leaving them out in silence
// would be another model than the one asked for.

import { LearnError } from '../errors.ts';
import type { FitOptions } from './estimator.ts';

/** @throws LearnError PARAMETER_INVALID where there are sample weights. */
export function refuseSampleWeight(estimator: string, { sampleWeight }: FitOptions): void {
  if (sampleWeight === undefined) return;
  throw new LearnError(
    'PARAMETER_INVALID',
    `${estimator} takes no sampleWeight; leave it out, or choose a learner that does`,
  );
}
