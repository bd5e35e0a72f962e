import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { curveCases, numberOf } from '../../test/evaluation-reference.ts';
import { calibrationCurve } from './calibration-curve.ts';
import { confusionMatrix, shareOfClass } from './confusion-matrix.ts';
import { liftAndGain } from './lift-and-gain.ts';
import { precisionRecallCurve } from './precision-recall-curve.ts';
import { predictedVsTrue, residualHistogram } from './residual-histogram.ts';
import { rocCurve } from './roc-curve.ts';

function expectPoints(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => {
    if (Number.isFinite(expected[i])) expect(value).toBeCloseTo(expected[i], 12);
    else expect(value).toBe(expected[i]);
  });
}

describe.each(curveCases)("has scikit-learn's points: $name", (data) => {
  const { positives, scores } = data;
  const options = data.weights === null ? {} : { weights: data.weights };

  it.each(['roc', 'rocAll'] as const)('%s', (key) => {
    const keepCollinear = key === 'rocAll';
    const curve = rocCurve(positives, scores, { ...options, keepCollinear });
    const [falsePositiveRate, truePositiveRate, thresholds] = data[key].map((part) =>
      part.map(numberOf),
    );
    expectPoints(curve.thresholds, thresholds);
    expectPoints(curve.falsePositiveRate, falsePositiveRate);
    expectPoints(curve.truePositiveRate, truePositiveRate);
  });

  it('precision and recall', () => {
    const curve = precisionRecallCurve(positives, scores, options);
    const [precision, recall, thresholds] = data.precisionRecall.map((part) => part.map(numberOf));
    expectPoints(curve.thresholds, thresholds);
    expectPoints(curve.precision, precision);
    expectPoints(curve.recall, recall);
  });

  it('calibration', () => {
    for (const strategy of ['uniform', 'quantile'] as const) {
      const expected = data.calibration[strategy];
      if (expected === undefined) continue;
      const curve = calibrationCurve(positives, scores, { binCount: 5, strategy });
      expectPoints(curve.observed, expected[0]);
      expectPoints(curve.predicted, expected[1]);
      expect(curve.counts.reduce((a, b) => a + b)).toBe(positives.length);
    }
  });
});

describe('confusionMatrix', () => {
  it("counts each class's rows by what they are predicted as, the weights included", () => {
    const labels = ['a', 'b', 'b', 'a'];
    const predicted = ['a', 'a', 'b', 'a'];
    const { counts } = confusionMatrix(labels, predicted, ['a', 'b', 'c'], {
      weights: [1, 2, 3, 1],
    });
    expect(counts.map((row) => [...row])).toEqual([
      [2, 0, 0],
      [2, 3, 0],
      [0, 0, 0],
    ]);
  });

  it('as shares adds up to 1 for each class that has rows', () => {
    const matrix = confusionMatrix([0, 0, 0, 1], [0, 1, 1, 1], [0, 1, 2]);
    expect(shareOfClass(matrix).counts.map((row) => [...row])).toEqual([
      [1 / 3, 2 / 3, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('is refused for a thousand and one classes', () => {
    const classes = Array.from({ length: 1001 }, (_, i) => i);
    expect(errorOf(() => confusionMatrix([0], [0], classes)).code).toBe('DATA_OUT_OF_RANGE');
  });
});

describe('liftAndGain', () => {
  it('finds all with a perfect score as soon as as many rows are taken', () => {
    const points = liftAndGain([1, 0, 0, 0], [0.9, 0.2, 0.3, 0.1], { stepCount: 4 });
    expect(points).toEqual([
      { share: 0.25, gain: 1, lift: 4 },
      { share: 0.5, gain: 1, lift: 2 },
      { share: 0.75, gain: 1, lift: 1 / 0.75 },
      { share: 1, gain: 1, lift: 1 },
    ]);
  });

  it('is a straight line when all scores are equal, in whatever order', () => {
    const points = liftAndGain([1, 0, 0, 1], [0.5, 0.5, 0.5, 0.5], { stepCount: 5 });
    for (const { share, gain } of points) expect(gain).toBeCloseTo(share, 12);
  });

  it('does not depend on the order of the rows, and never falls', () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 })), { minLength: 2 });
    fc.assert(
      fc.property(rows, (pairs) => {
        fc.pre(pairs.some(([positive]) => positive));
        const gains = (of: typeof pairs) =>
          liftAndGain(
            of.map(([positive]) => positive),
            of.map(([, score]) => score),
          ).map(({ gain }) => gain);
        const found = gains(pairs);
        expectPoints(gains([...pairs].reverse()), found);
        expect(found[found.length - 1]).toBeCloseTo(1, 12);
        for (const [i, gain] of found.entries()) {
          expect(gain).toBeGreaterThanOrEqual((found[i - 1] ?? 0) - 1e-12);
        }
      }),
    );
  });
});

describe('residualHistogram', () => {
  const numbers = fc.array(
    fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
    ),
    { minLength: 1, maxLength: 60 },
  );

  it('holds every row once, within ascending edges', () => {
    fc.assert(
      fc.property(numbers, (pairs) => {
        const { edges, counts } = residualHistogram(
          pairs.map(([y]) => y),
          pairs.map(([, p]) => p),
        );
        expect(counts.reduce((a, b) => a + b)).toBe(pairs.length);
        expect([...edges].sort((a, b) => a - b)).toEqual(edges);
        expect(edges.length).toBe(counts.length + 1);
      }),
    );
  });

  it('puts a residual on an edge into the bin that begins there', () => {
    // The target's standard deviation is 1, so that the inner edges are -2, 0 and 2.
    const { edges, counts } = residualHistogram([-1, 1, -1, 1], [-3, 1, 1, 4], { binCount: 4 });
    expect(edges).toEqual([-2, -2, 0, 2, 3]);
    expect(counts).toEqual([0, 1, 1, 2]);
  });

  it('puts a large miss into the outermost bin, which reaches as far', () => {
    const { edges, counts, mean } = residualHistogram([0, 1, 2, 3], [0, 1, 2, 103]);
    expect(counts[counts.length - 1]).toBe(1);
    expect(edges[edges.length - 1]).toBe(100);
    expect(mean).toBe(25);
  });
});

describe('predictedVsTrue', () => {
  it('tells mean and spread of the predictions for each stretch of the target', () => {
    expect(predictedVsTrue([0, 0, 10], [1, 3, 9], { binCount: 2 })).toEqual([
      { from: 0, to: 5, count: 2, mean: 2, standardDeviation: 1 },
      { from: 5, to: 10, count: 1, mean: 9, standardDeviation: 0 },
    ]);
  });

  it('has one bin for a constant target', () => {
    expect(predictedVsTrue([3, 3], [1, 5]).map(({ count }) => count)).toEqual([2]);
  });
});

it.each<[string, () => unknown, string]>([
  ['no rows', () => rocCurve([], []), 'DATA_EMPTY'],
  ['scores of another length', () => rocCurve([1, 0], [0.5]), 'SHAPE_MISMATCH'],
  ['a NaN score', () => precisionRecallCurve([1, 0], [0.5, Number.NaN]), 'DATA_NOT_FINITE'],
  ['a probability of 2', () => calibrationCurve([1, 0], [0.5, 2]), 'DATA_OUT_OF_RANGE'],
  ['no bins', () => calibrationCurve([1, 0], [0.5, 1], { binCount: 0 }), 'PARAMETER_INVALID'],
  ['a million steps', () => liftAndGain([1, 0], [0.5, 1], { stepCount: 1e6 }), 'PARAMETER_INVALID'],
  [
    'two bins of residuals',
    () => residualHistogram([1], [1], { binCount: 2 }),
    'PARAMETER_INVALID',
  ],
  [
    'an infinite prediction',
    () => predictedVsTrue([1], [Number.POSITIVE_INFINITY]),
    'DATA_NOT_FINITE',
  ],
])('refuses %s', (_, call, code) => {
  expect(errorOf(call).code).toBe(code);
});
