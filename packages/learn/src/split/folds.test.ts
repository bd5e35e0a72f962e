import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { type FoldCase, foldCases } from '../../test/evaluation-reference.ts';
import { GroupKFold } from './group-k-fold.ts';
import { KFold, RepeatedKFold } from './k-fold.ts';
import { RepeatedStratifiedKFold, StratifiedKFold } from './stratified-k-fold.ts';
import { TimeSeriesSplit } from './time-series-split.ts';
import { type TrainTestSplit, trainTestSplit } from './train-test-split.ts';

function folds(of: FoldCase): readonly TrainTestSplit[] {
  const { n = 0, labels = [], groups = [], nSplits = 5, nRepeats = 10, randomState } = of;
  const seed = randomState ?? 0;
  const options = { nSplits, shuffle: typeof randomState === 'number', randomState: seed };
  switch (of.splitter) {
    case 'KFold':
      return new KFold(options).split(n);
    case 'RepeatedKFold':
      return new RepeatedKFold({ nSplits, nRepeats, randomState: seed }).split(n);
    case 'StratifiedKFold':
      return new StratifiedKFold(options).split(labels);
    case 'RepeatedStratifiedKFold':
      return new RepeatedStratifiedKFold({ nSplits, nRepeats, randomState: seed }).split(labels);
    case 'GroupKFold':
      return new GroupKFold(options).split(groups);
    case 'TimeSeriesSplit':
      return new TimeSeriesSplit({ nSplits, ...of.options }).split(n);
    default: {
      const testSize = of.testSize ?? 0.25;
      return [trainTestSplit(labels.length, { testSize, randomState: seed, stratify: labels })];
    }
  }
}

describe("gives scikit-learn's rows, or refuses as it does", () => {
  it.each([...new Set(foldCases.map(({ splitter }) => splitter))])('%s', (splitter) => {
    for (const data of foldCases) {
      if (data.splitter !== splitter) continue;
      if (data.folds === null) {
        expect(errorOf(() => folds(data)).code).toBe('SPLIT_IMPOSSIBLE');
      } else {
        const found = folds(data).map(({ train, test }) => ({
          train: [...train],
          test: [...test],
        }));
        expect(found).toEqual(data.folds);
      }
    }
  });
});

describe('every splitter', () => {
  const seeds = fc.option(fc.nat(), { nil: null });
  const shuffleOf = (seed: number | null) =>
    seed === null ? {} : { shuffle: true, randomState: seed };

  it('tests each row once, and trains on all others', () => {
    const labels = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 10, maxLength: 60 });
    fc.assert(
      fc.property(labels, seeds, (y, seed) => {
        const options = { nSplits: 2, ...shuffleOf(seed) };
        const all = [new KFold(options).split(y.length), new StratifiedKFold(options).split(y)];
        if (new Set(y).size > 1) all.push(new GroupKFold(options).split(y));
        for (const made of all) {
          expect(made.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([
            ...y.keys(),
          ]);
          for (const { train, test } of made) {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...y.keys()]);
          }
        }
      }),
    );
  });

  it('gives the same folds each time that it is asked', () => {
    const splitter = new RepeatedKFold({ nSplits: 3, nRepeats: 2, randomState: 1 });
    expect(splitter.split(9)).toEqual(splitter.split(9));
  });

  it('keeps the shares of the classes to one row', () => {
    const y = Array.from({ length: 53 }, (_, i) => i % 5 === 0);
    for (const { test } of new StratifiedKFold({ nSplits: 5, shuffle: true }).split(y)) {
      const count = test.filter((row) => y[row]).length;
      expect(Math.abs(count - 11 / 5)).toBeLessThan(1);
    }
  });

  it('never tests a time before one that it trains on', () => {
    for (const { train, test } of new TimeSeriesSplit({ nSplits: 4, gap: 1 }).split(31)) {
      expect(Math.max(...train)).toBeLessThan(Math.min(...test) - 1);
    }
  });
});

describe('refuses', () => {
  it.each<[string, () => unknown, string]>([
    ['one fold', () => new KFold({ nSplits: 1 }), 'PARAMETER_INVALID'],
    ['half a fold', () => new StratifiedKFold({ nSplits: 2.5 }), 'PARAMETER_INVALID'],
    ['no repeat', () => new RepeatedKFold({ nRepeats: 0 }), 'PARAMETER_INVALID'],
    [
      'a seed below 0',
      () => new GroupKFold({ shuffle: true, randomState: -1 }),
      'PARAMETER_INVALID',
    ],
    ['a gap below 0', () => new TimeSeriesSplit({ gap: -1 }), 'PARAMETER_INVALID'],
    ['no rows to test', () => new TimeSeriesSplit({ testSize: 0 }), 'PARAMETER_INVALID'],
    ['half a row', () => new KFold().split(7.5), 'PARAMETER_INVALID'],
    ['more folds than rows', () => new KFold().split(4), 'SPLIT_IMPOSSIBLE'],
    ['more folds than groups', () => new GroupKFold().split(['a', 'b']), 'SPLIT_IMPOSSIBLE'],
    [
      'a missing label',
      () => new StratifiedKFold({ nSplits: 2 }).split([1, 2, Number.NaN]),
      'DATA_LABEL_INVALID',
    ],
    [
      'too few labels',
      () => trainTestSplit(9, { randomState: 0, stratify: [1, 2] }),
      'SHAPE_MISMATCH',
    ],
  ])('%s', (_, call, code) => {
    expect(errorOf(call).code).toBe(code);
  });
});
