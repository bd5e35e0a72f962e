import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectGreedily } from './greedy-selection.ts';

const options = { rounds: 30, mostMembers: 10, shouldStop: () => false };

function squaredError(truth: readonly number[]) {
  return (predictions: Float64Array) => {
    return truth.reduce((sum, value, i) => sum + (value - predictions[i]) ** 2, 0);
  };
}

describe('greedy selection', () => {
  it('finds the mean of two whose errors cancel', () => {
    const candidates = [Float32Array.of(0, 2), Float32Array.of(2, 0), Float32Array.of(5, 5)];
    const { weights, loss } = selectGreedily(candidates, squaredError([1, 1]), options);
    expect([...weights]).toEqual([0.5, 0.5, 0]);
    expect(loss).toBe(0);
  });

  it('keeps the best alone where nothing helps', () => {
    const candidates = [Float32Array.of(1, 1), Float32Array.of(3, 3)];
    expect([...selectGreedily(candidates, squaredError([1, 1]), options).weights]).toEqual([1, 0]);
  });

  it('is never worse than the best alone, and its weights sum to 1', () => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 5 }), (truth, rows) => {
        const loss = squaredError(truth);
        const candidates = rows.map((values) => Float32Array.from(values));
        const best = Math.min(...candidates.map((values) => loss(Float64Array.from(values))));
        const selection = selectGreedily(candidates, loss, options);
        expect(selection.loss).toBeLessThanOrEqual(best + 1e-9);
        expect(selection.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('takes no more members than it may', () => {
    const candidates = [0, 1, 2, 3].map((at) => {
      return Float32Array.from({ length: 4 }, (_, i) => (i === at ? 4 : 0));
    });
    const loss = squaredError([1, 1, 1, 1]);
    const { weights } = selectGreedily(candidates, loss, { ...options, mostMembers: 2 });
    expect(weights.filter((weight) => weight > 0)).toHaveLength(2);
  });

  it('has a choice also when it is to stop at once', () => {
    const candidates = [Float32Array.of(1), Float32Array.of(2)];
    const stopped = { ...options, shouldStop: () => true };
    expect([...selectGreedily(candidates, squaredError([2]), stopped).weights]).toEqual([0, 1]);
  });
});
