// What every classification metric is given, checked once: truth and prediction as class codes, the
// probabilities, optional weights; and the two summaries that most metrics share, made when asked.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { type ClassTotals, classTotals } from './class-totals.ts';
import { type Ranking, rankingOf } from './ranking.ts';

export interface ClassificationOptions {
  /** The class that binary metrics are about. Default: the second of two, none of more. */
  readonly positiveLabel?: Label;
  /** One weight a row, finite and not negative, not all zero. Default: every row counts the same. */
  readonly weights?: ArrayLike<number>;
}

/** Probabilities may leave 0 to 1, and their sum 1, by what float32 arithmetic loses. */
const tolerance = 1e-4;

export class ClassificationInputs {
  readonly rowCount: number;
  readonly classCount: number;
  /** The true class of each row, as its column in the probabilities. */
  readonly truth: Int32Array;
  /** The most probable class of each row, the first of equals. */
  readonly predicted: Int32Array;
  /** Row i, class k is at `i * classCount + k`. */
  readonly probabilities: Float64Array;
  /** Null when every row counts the same. */
  readonly weights: Float64Array | null;
  /** The code of the positive class; null when there are more than two and none is named. */
  readonly positive: number | null;
  readonly #rankings = new Map<number | 'all', Ranking>();
  #totals: ClassTotals | null = null;

  /**
   * @param classes in the order of the columns of `probabilities`; two or more.
   * @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_OUT_OF_RANGE for what is no probability,
   * DATA_LABEL_INVALID for a label that is not in `classes`, DATA_ONE_CLASS.
   */
  constructor(
    labels: ArrayLike<Label>,
    probabilities: Matrix,
    classes: readonly Label[],
    options: ClassificationOptions,
  ) {
    this.truth = encodeLabels(labels, classes, probabilities.rowCount).codes;
    this.rowCount = probabilities.rowCount;
    this.classCount = classes.length;
    checkProbabilities(probabilities, classes.length);
    this.probabilities = probabilities.values;
    this.predicted = mostProbableCodes(probabilities);
    this.weights = checkedWeights(options.weights, this.rowCount);
    this.positive = positiveCode(classes, options.positiveLabel);
  }

  /** How many rows have, and are predicted to have, each class. */
  get totals(): ClassTotals {
    this.#totals ??= classTotals(this);
    return this.#totals;
  }

  /** The rows ranked by the probability of class `code`: that class against the rest. */
  ranking(code: number): Ranking {
    return this.#ranked(code, () => {
      const { rowCount, classCount, probabilities, truth } = this;
      const scores = new Float64Array(rowCount);
      const positives = new Uint8Array(rowCount);
      for (let i = 0; i < rowCount; i++) {
        scores[i] = probabilities[i * classCount + code];
        positives[i] = truth[i] === code ? 1 : 0;
      }
      return rankingOf(scores, positives, this.weights);
    });
  }

  /** All probabilities ranked together, each against whether its row has its class. */
  get microRanking(): Ranking {
    return this.#ranked('all', () => {
      const { rowCount, classCount, probabilities, truth, weights } = this;
      const positives = new Uint8Array(rowCount * classCount);
      const repeated = weights === null ? null : new Float64Array(positives.length);
      for (let i = 0; i < rowCount; i++) {
        positives[i * classCount + truth[i]] = 1;
        repeated?.fill(weights?.[i] ?? 1, i * classCount, (i + 1) * classCount);
      }
      return rankingOf(probabilities, positives, repeated);
    });
  }

  #ranked(key: number | 'all', make: () => Ranking): Ranking {
    const known = this.#rankings.get(key);
    if (known !== undefined) return known;
    const ranking = make();
    this.#rankings.set(key, ranking);
    return ranking;
  }
}

function mostProbableCodes({ values, rowCount, columnCount }: Matrix): Int32Array {
  const codes = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const row = i * columnCount;
    let best = 0;
    for (let k = 1; k < columnCount; k++) {
      if (values[row + k] > values[row + best]) best = k;
    }
    codes[i] = best;
  }
  return codes;
}

function checkProbabilities({ values, columnCount, rowCount }: Matrix, classCount: number): void {
  if (columnCount !== classCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the probabilities have ${columnCount} columns, and there are ${classCount} classes; expected a column a class`,
    );
  }
  for (let i = 0; i < rowCount; i++) {
    let sum = 0;
    for (let k = 0; k < columnCount; k++) {
      const value = values[i * columnCount + k];
      if (!(value >= -tolerance && value <= 1 + tolerance)) throw noProbability(value, i, k);
      sum += value;
    }
    if (Math.abs(sum - 1) > tolerance * columnCount) throw noDistribution(sum, i);
  }
}

function noProbability(value: number, row: number, column: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `the probability in row ${row}, column ${column} (both from 0) is ${value}: expected 0 to 1`,
  );
}

function noDistribution(sum: number, row: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `the probabilities in row ${row} (from 0) add up to ${sum}: expected 1; ` +
      'raw scores are to be made probabilities first',
  );
}

function positiveCode(classes: readonly Label[], label: Label | undefined): number | null {
  if (label === undefined) return classes.length === 2 ? 1 : null;
  const code = classes.indexOf(label);
  if (code >= 0) return code;
  const known = classes.slice(0, 10).map((name) => JSON.stringify(name));
  throw new LearnError(
    'PARAMETER_INVALID',
    `positiveLabel is ${JSON.stringify(label).slice(0, 100)}, which is no class: expected one of ${known.join(', ')}${classes.length > 10 ? ' …' : ''}`,
  );
}
