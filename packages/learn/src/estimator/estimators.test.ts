// The one suite of all learners, on every entry of the table.

import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { describeEstimator } from './estimator.conformance.ts';
import { estimatorEntry, estimators } from './estimators.ts';

describe.each([...estimators.values()].map((entry) => [entry.name, entry] as const))(
  '%s',
  (_, entry) => describeEstimator(entry),
);

describe('the table of estimators', () => {
  it('is in alphabetical order, each by its own name', () => {
    const names = [...estimators.keys()];
    expect(names).toEqual([...names].sort());
    for (const [name, entry] of estimators) expect(entry.name).toBe(name);
  });

  it('suggests the learner that was meant', () => {
    const error = errorOf(() => estimatorEntry('LinearRegresion'));
    expect(error.code).toBe('ESTIMATOR_UNKNOWN');
    expect(error.message).toContain("did you mean 'LinearRegression'?");
  });
});
