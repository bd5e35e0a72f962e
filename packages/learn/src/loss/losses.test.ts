import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { borrowSite } from '../boosting/boosting-kernels.ts';
import { logisticLoss, softmaxLoss } from './classification-losses.ts';
import type { Loss } from './loss.ts';
import { absoluteLoss, pinballLoss, poissonLoss, squaredLoss } from './regression-losses.ts';
import { weightedQuantile } from './weighted-quantile.ts';

const scale = 2 ** 20;

/** Gradient and hessian of one row, as boosting gets them. */
function derivatives(loss: Loss, scores: readonly number[], target: number, output: number) {
  const { memory, kernels } = borrowSite('twin');
  const all = memory.float32(4 * scores.length);
  for (const [k, score] of scores.entries()) all[4 * k] = score;
  const targets = memory.float32(4);
  targets[0] = target;
  const packed = memory.int32(8);
  const sums = memory.float64(2).byteOffset;
  const common = [targets.byteOffset, 0, 1, scale, scale, packed.byteOffset, sums] as const;
  if (loss.kernel === null) {
    const probabilities = memory.float32(4 * scores.length).byteOffset;
    kernels.softmaxProbabilities(all.byteOffset, scores.length, 4, 1, probabilities);
    const factor = scores.length / (scores.length - 1);
    kernels.packSoftmaxGradients(probabilities + 16 * output, ...common, output, factor);
  } else {
    kernels.packGradients(loss.kernel.code, all.byteOffset, ...common, loss.kernel.detail);
  }
  return { gradient: packed[1] / scale, hessian: packed[0] / scale };
}

const losses: readonly (readonly [string, Loss, number])[] = [
  ['squared', squaredLoss, 1.5],
  ['absolute', absoluteLoss, 1.5],
  ['quantile', pinballLoss(0.8), -2.5],
  ['poisson', poissonLoss, 3],
  ['logistic', logisticLoss, 1],
  ['softmax', softmaxLoss(3), 2],
];

describe.each(losses)('the %s loss', (_, loss, target) => {
  it('has the gradient that its values have', () => {
    const score = fc.double({ min: -4, max: 4, noNaN: true });
    const scores = fc.array(score, { minLength: loss.outputCount, maxLength: loss.outputCount });
    fc.assert(
      fc.property(scores, (given) => {
        // Where the loss has a corner, no numeric gradient is to be had.
        fc.pre(loss.leafQuantile === null || Math.abs(given[0] - target) > 0.01);
        const at = (step: number) => {
          const moved = Float32Array.from(given);
          moved[0] += step;
          return { value: loss.ofRow(moved, 0, 1, target), score: moved[0] };
        };
        const [above, below] = [at(1 / 256), at(-1 / 256)];
        const numeric = (above.value - below.value) / (above.score - below.score);
        const { gradient, hessian } = derivatives(loss, given, target, 0);
        expect(Math.abs(gradient - numeric)).toBeLessThan(2e-3 * Math.max(1, Math.abs(numeric)));
        expect(hessian).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it('starts where no other constant is better', () => {
    const target = Float64Array.of(1, 0, 2, 1, 0, 2).map((v) =>
      loss === logisticLoss ? Math.min(1, v) : v,
    );
    const { baseScore } = loss.start(target, null);
    const total = (shift: number) => {
      const scores = Float32Array.from(baseScore, (base, k) => base + (k === 0 ? shift : 0));
      return target.reduce((sum, y) => sum + loss.ofRow(scores, 0, 1, y), 0);
    };
    for (const shift of [-0.3, -0.05, 0.05, 0.3]) {
      expect(total(shift)).toBeGreaterThanOrEqual(total(0) - 1e-6);
    }
  });
});

describe('the start of a loss', () => {
  it('weighs rows', () => {
    const target = Float64Array.of(1, 5);
    expect(squaredLoss.start(target, Float64Array.of(3, 1)).baseScore[0]).toBe(2);
    expect(absoluteLoss.start(target, Float64Array.of(3, 1)).baseScore[0]).toBe(1);
  });

  it('is finite for a class that no row has', () => {
    const { baseScore } = softmaxLoss(3).start(Float64Array.of(0, 1, 1), null);
    expect([...baseScore].every(Number.isFinite)).toBe(true);
    expect(
      [...logisticLoss.start(Float64Array.of(1, 1), null).baseScore].every(Number.isFinite),
    ).toBe(true);
  });

  it.each([
    [[1, -1, 2], 'y at index 1 (from 0) is -1'],
    [[0, 0], 'y is 0 in every row'],
  ])('of counts refuses %j', (target, message) => {
    const error = errorOf(() => poissonLoss.start(Float64Array.from(target), null));
    expect(error).toMatchObject({ code: 'DATA_OUT_OF_RANGE' });
    expect(error.message).toContain(message);
  });
});

it.each([
  [[3, 1, 2], null, 0.5, 2],
  [[1, 2, 3, 4], null, 0.5, 2.5],
  [[1, 2, 3, 4], null, 1, 4],
  [[3, 1, 2], [1, 1, 5], 0.5, 2],
  [[3, 1, 2], [0, 0, 5], 0, 2],
])('the quantile of %j with weights %j at %d is %d', (values, weights, quantile, expected) => {
  const given = weights && Float64Array.from(weights);
  expect(weightedQuantile(Float64Array.from(values), given, quantile)).toBe(expected);
});
