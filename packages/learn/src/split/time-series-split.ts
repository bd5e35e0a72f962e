// Folds of rows in order of time: each trains on what lies before what it tests, exactly as by
// scikit-learn's TimeSeriesSplit.

import { LearnError } from '../errors.ts';
import { checkedCount, checkRowCount, type FoldOptions } from './fold-rows.ts';
import type { TrainTestSplit } from './train-test-split.ts';

export interface TimeSeriesSplitOptions extends FoldOptions {
  /** The most rows to train on, the latest ones. Default: all that lie before. */
  readonly maxTrainSize?: number;
  /** Rows to test on in each fold. Default: all rows divided by one more than the folds. */
  readonly testSize?: number;
  /** Rows left out between training and test. Default 0. */
  readonly gap?: number;
}

export class TimeSeriesSplit {
  readonly #nSplits: number;
  readonly #options: TimeSeriesSplitOptions;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor(options: TimeSeriesSplitOptions = {}) {
    this.#nSplits = checkedCount('nSplits', options.nSplits ?? 5, 2);
    checkedCount('gap', options.gap ?? 0, 0);
    checkedCount('testSize', options.testSize ?? 1, 1);
    checkedCount('maxTrainSize', options.maxTrainSize ?? 1, 1);
    this.#options = options;
  }

  /** Folds of `rowCount` rows, the oldest first. @throws LearnError SPLIT_IMPOSSIBLE. */
  split(rowCount: number): readonly TrainTestSplit[] {
    const nSplits = this.#nSplits;
    const { gap = 0, maxTrainSize = rowCount } = this.#options;
    checkRowCount(rowCount, nSplits + 1);
    const testSize = this.#options.testSize ?? Math.floor(rowCount / (nSplits + 1));
    const firstTest = rowCount - nSplits * testSize;
    if (firstTest - gap <= 0) throw noRowsToTrainOn(rowCount, nSplits, testSize, gap);
    return Array.from({ length: nSplits }, (_, fold) => {
      const test = firstTest + fold * testSize;
      const end = test - gap;
      return {
        train: range(Math.max(0, end - maxTrainSize), end),
        test: range(test, test + testSize),
      };
    });
  }
}

function range(start: number, end: number): Int32Array {
  return new Int32Array(end - start).map((_, i) => start + i);
}

function noRowsToTrainOn(rows: number, folds: number, testSize: number, gap: number): LearnError {
  return new LearnError(
    'SPLIT_IMPOSSIBLE',
    `${rows} rows leave none to train on with ${folds} folds of ${testSize} rows and a gap of ${gap}; ` +
      'give fewer folds, a smaller testSize or a smaller gap',
  );
}
