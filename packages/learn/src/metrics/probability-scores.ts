// Scores of the probabilities themselves: log loss, Brier's score, and the areas under the curves of
// each class against the rest, averaged over the classes that have rows.

import { sumOf } from '../numeric/sum.ts';
import { type Average, weightedMean } from './averaged-scores.ts';
import type { ClassificationInputs } from './classification-inputs.ts';
import type { Ranking } from './ranking.ts';

/** Minus the mean log of the true class's probability, clipped to 2.2e-16 from 0 and from 1. */
export function logLoss(inputs: ClassificationInputs): number {
  const { probabilities, classCount, truth } = inputs;
  return meanOverRows(inputs, (i) => {
    const probability = probabilities[i * classCount + truth[i]];
    return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
  });
}

/** Mean squared distance of the probabilities from the truth; halved for two classes. 0 to 2. */
export function brierScore(inputs: ClassificationInputs): number {
  const { probabilities, classCount, truth } = inputs;
  const score = meanOverRows(inputs, (i) => {
    let distance = 0;
    for (let k = 0; k < classCount; k++) {
      distance += (probabilities[i * classCount + k] - (truth[i] === k ? 1 : 0)) ** 2;
    }
    return distance;
  });
  return classCount === 2 ? score / 2 : score;
}

/** An area of each class against the rest, averaged; `micro` ranks all probabilities together. */
export function averagedArea(
  inputs: ClassificationInputs,
  area: (ranking: Ranking) => number,
  kind: Average,
): number {
  if (kind === 'micro') return area(inputs.microRanking);
  const rankings = weighedClasses(inputs).map((code) => inputs.ranking(code));
  const weights = rankings.map((ranking) => (kind === 'macro' ? 1 : ranking.positive));
  return weightedMean(rankings.map(area), weights);
}

/** The classes that have rows of any weight. */
export function weighedClasses({ totals }: ClassificationInputs): readonly number[] {
  return totals.present.filter((code) => totals.actual[code] > 0);
}

function meanOverRows(inputs: ClassificationInputs, term: (row: number) => number): number {
  const { rowCount, weights, totals } = inputs;
  if (weights === null) return sumOf(rowCount, term) / rowCount;
  return sumOf(rowCount, (i) => (weights[i] === 0 ? 0 : weights[i] * term(i))) / totals.total;
}
