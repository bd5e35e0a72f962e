// A claim that a learner may be excused from, with a reason that the report shows.

import { it } from 'vitest';
import { type LearnerPromise, skipOf } from '../../test/learner-skips.ts';

export function itPromises(name: string, promise: LearnerPromise, run: () => void): void {
  const reason = skipOf(name, promise);
  it.skipIf(reason !== null)(reason === null ? promise : `${promise}: ${reason}`, run);
}
