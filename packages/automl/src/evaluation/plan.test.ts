import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsOf, holdoutOf } from './plan.ts';

const strata = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 10, maxLength: 60 });

describe('folds', () => {
  it('judge every row once a repeat, and train on the others', () => {
    fc.assert(
      fc.property(strata, fc.integer({ min: 2, max: 5 }), (rows, count) => {
        const { folds, judged } = foldsOf(rows, { count, repeats: 2, seed: 3 });
        expect(folds).toHaveLength(2 * count);
        expect(judged).toHaveLength(rows.length);
        for (const { train, valid } of folds) {
          expect(new Set([...train, ...valid]).size).toBe(rows.length);
          expect(train.length + valid.length).toBe(rows.length);
        }
        const judgements = folds.flatMap(({ valid }) => [...valid]);
        expect(judgements).toHaveLength(2 * rows.length);
      }),
    );
  });

  it('have their share of every stratum', () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0));
    const { folds } = foldsOf(rows, { count: 5, repeats: 1, seed: 0 });
    expect(folds.map(({ valid }) => valid.filter((row) => row < 10).length)).toEqual([
      2, 2, 2, 2, 2,
    ]);
  });

  it('are the same for the same seed, and others for another', () => {
    const rows = new Array(50).fill(0);
    const of = (seed: number) => foldsOf(rows, { count: 5, repeats: 1, seed });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});

it('a holdout has about the rows asked for, of every stratum', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => i % 4);
  const { folds, judged } = holdoutOf(rows, 100, 0);
  expect(folds).toHaveLength(1);
  expect(judged).toHaveLength(100);
  expect([0, 1, 2, 3].map((s) => judged.filter((row) => row % 4 === s).length)).toEqual([
    25, 25, 25, 25,
  ]);
});
