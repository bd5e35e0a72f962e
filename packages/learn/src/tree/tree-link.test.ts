import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRegressionLink, classificationLinks, classProbabilities } from './tree-link.ts';

const scores = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
  minLength: 3,
  maxLength: 3,
});

describe('classProbabilities', () => {
  it.each(classificationLinks)('sum to 1 and stay within 0 and 1: %s', (link) => {
    fc.assert(
      fc.property(scores, (raw) => {
        const isShares = link === 'mean';
        const given = Float64Array.from(raw, (score) =>
          isShares ? Math.abs(score) / 1e300 : score,
        );
        for (const outputCount of link === 'logistic' ? [1] : [1, 3]) {
          const rows = classProbabilities(link, given, outputCount, 2);
          const width = outputCount === 1 ? 2 : 3;
          for (let at = 0; at < rows.length; at += width) {
            const row = [...rows.subarray(at, at + width)];
            expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
            expect(row.every((share) => share >= 0 && share <= 1)).toBe(true);
          }
        }
      }),
    );
  });

  it('are those of the logistic function and of softmax', () => {
    const [no, yes] = classProbabilities('logistic', Float64Array.of(Math.log(3)), 1, 1);
    expect([no, yes].map((share) => share.toFixed(12))).toEqual([
      '0.250000000000',
      '0.750000000000',
    ]);
    const raw = Float64Array.of(0, Math.log(2), Math.log(5));
    const soft = classProbabilities('softmax', raw, 3, 1);
    expect([...soft].map((share) => share.toFixed(12))).toEqual(
      [0.125, 0.25, 0.625].map((share) => share.toFixed(12)),
    );
  });

  it('are shares of the votes, and even where nobody voted', () => {
    expect([...classProbabilities('mean', Float64Array.of(1, 3, 0), 3, 4)]).toEqual([
      0.25, 0.75, 0,
    ]);
    expect([...classProbabilities('mean', Float64Array.of(0, 0), 2, 4)]).toEqual([0.5, 0.5]);
    expect([...classProbabilities('mean', Float64Array.of(1), 1, 4)]).toEqual([0.75, 0.25]);
  });
});

describe('applyRegressionLink', () => {
  it('takes means over trees, and exponentials that stay finite', () => {
    const raw = Float64Array.of(6, -2);
    applyRegressionLink('mean', raw, 4);
    expect([...raw]).toEqual([1.5, -0.5]);
    const large = Float64Array.of(0, 1e6);
    applyRegressionLink('exp', large, 4);
    expect(large[0]).toBe(1);
    expect(Number.isFinite(large[1])).toBe(true);
  });
});
