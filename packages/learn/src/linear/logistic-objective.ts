// The logistic loss and its gradient, for two classes by one column of coefficients and for more by
// one column a class (softmax), with the smooth part of the penalty. Class by class, the variables are
// the coefficients and then the intercept.

import type { Objective } from '../optimize/objective.ts';
import type { ConditionedData } from './conditioned-data.ts';

export interface LogisticProblem {
  readonly data: ConditionedData;
  /** The class of each row. */
  readonly codes: Int32Array;
  readonly classCount: number;
  /** One a row, summing to 1. */
  readonly shares: Float64Array;
  /** Factor of half of the square of each coefficient, one a column. */
  readonly l2: Float64Array;
  readonly fitIntercept: boolean;
}

/** Columns of coefficients: 1 for two classes, else one a class. */
export function outputCount({ classCount }: { readonly classCount: number }): number {
  return classCount === 2 ? 1 : classCount;
}

export function logisticObjective(problem: LogisticProblem): Objective {
  const outputs = outputCount(problem);
  const stride = problem.data.columnCount + 1;
  const scores = new Float64Array(outputs);
  const lossOfRow = outputs === 1 ? binaryLoss : softmaxLoss;
  return {
    size: outputs * stride,
    evaluate(at, gradient) {
      gradient.fill(0);
      let loss = 0;
      for (let i = 0; i < problem.codes.length; i++) {
        scoreRow(problem.data, i, at, scores);
        const share = problem.shares[i];
        loss += share * lossOfRow(scores, problem.codes[i]);
        addRow(problem.data, i, share, scores, gradient);
      }
      return loss + penalize(problem, at, gradient);
    },
  };
}

function scoreRow(data: ConditionedData, row: number, at: Float64Array, scores: Float64Array) {
  const { values, columnCount } = data;
  const start = row * columnCount;
  for (let k = 0, place = 0; k < scores.length; k++, place++) {
    let sum = 0;
    for (let j = 0; j < columnCount; j++, place++) sum += values[start + j] * at[place];
    scores[k] = sum + at[place];
  }
}

/** Adds the row's part of the gradient, by the slopes that the loss left in place of the scores. */
function addRow(
  data: ConditionedData,
  row: number,
  share: number,
  slopes: Float64Array,
  gradient: Float64Array,
): void {
  const { values, columnCount } = data;
  const start = row * columnCount;
  for (let k = 0, place = 0; k < slopes.length; k++, place++) {
    const slope = share * slopes[k];
    for (let j = 0; j < columnCount; j++, place++) gradient[place] += slope * values[start + j];
    gradient[place] += slope;
  }
}

/** log(1 + e^-z) for the second class, log(1 + e^z) for the first; the slope takes the score's place. */
function binaryLoss(scores: Float64Array, code: number): number {
  const score = scores[0];
  const small = Math.exp(-Math.abs(score));
  scores[0] = (score >= 0 ? 1 / (1 + small) : small / (1 + small)) - code;
  return Math.max(code === 1 ? -score : score, 0) + Math.log1p(small);
}

/** log Σ e^z less the score of the row's class; the slopes take the scores' places. */
function softmaxLoss(scores: Float64Array, code: number): number {
  let largest = scores[0];
  for (let k = 1; k < scores.length; k++) largest = Math.max(largest, scores[k]);
  const own = scores[code] - largest;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k] - largest);
    sum += scores[k];
  }
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
  scores[code] -= 1;
  return Math.log(sum) - own;
}

/** The penalty at `at`; the intercepts have none, and no slope either where none is fitted. */
function penalize(problem: LogisticProblem, at: Float64Array, gradient: Float64Array): number {
  const { l2, fitIntercept } = problem;
  let penalty = 0;
  for (let place = 0; place < at.length; place++) {
    for (let j = 0; j < l2.length; j++, place++) {
      penalty += 0.5 * l2[j] * at[place] * at[place];
      gradient[place] += l2[j] * at[place];
    }
    if (!fitIntercept) gradient[place] = 0;
  }
  return penalty;
}
