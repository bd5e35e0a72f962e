// Scores of the most probable class, as scikit-learn defines them (`zero_division=0`): averages over
// the classes that a row has or is predicted to have.

import type { ClassTotals } from './class-totals.ts';
import type { ClassificationInputs } from './classification-inputs.ts';

/** `weighted`: each class counts by the weight of its rows. `micro`: all rows count together. */
export const averages = ['macro', 'micro', 'weighted'] as const;
export type Average = (typeof averages)[number];

/** One class's score, from the weight of its hits, of its rows and of its predictions. */
export type ClassScore = (hits: number, actual: number, predicted: number) => number;

export const precision: ClassScore = (hits, _, predicted) => share(hits, predicted);
export const recall: ClassScore = (hits, actual) => share(hits, actual);
export const f1: ClassScore = (hits, actual, predicted) => share(2 * hits, actual + predicted);

export function averagedScore(
  inputs: ClassificationInputs,
  score: ClassScore,
  kind: Average,
): number {
  const { totals } = inputs;
  if (kind === 'micro') return score(totals.right, totals.total, totals.total);
  const scores = totals.seen.map((code) => scoreOfClass(totals, score, code));
  const weights = totals.seen.map((code) => (kind === 'macro' ? 1 : totals.actual[code]));
  return weightedMean(scores, weights);
}

/** The score of one class against the rest. */
export function classScore(inputs: ClassificationInputs, score: ClassScore, code: number): number {
  return scoreOfClass(inputs.totals, score, code);
}

export function accuracy({ totals }: ClassificationInputs): number {
  return totals.right / totals.total;
}

/** Mean recall of the classes that have rows of any weight. */
export function balancedAccuracy({ totals }: ClassificationInputs): number {
  const weighed = totals.present.filter((code) => totals.actual[code] > 0);
  const recalls = weighed.map((code) => totals.hits[code] / totals.actual[code]);
  return weightedMean(
    recalls,
    weighed.map(() => 1),
  );
}

/** Azure's: balanced accuracy so that guessing is 0 and perfection is 1; worse than guessing is 0. */
export function normalizedMacroRecall(inputs: ClassificationInputs): number {
  const { totals } = inputs;
  const guess = 1 / totals.present.filter((code) => totals.actual[code] > 0).length;
  return Math.max(0, (balancedAccuracy(inputs) - guess) / (1 - guess));
}

/** Azure's: accuracy where each row has the share of its class for its weight, and no other. */
export function weightedAccuracy({
  rowCount,
  truth,
  predicted,
  totals,
}: ClassificationInputs): number {
  let right = 0;
  let all = 0;
  for (let i = 0; i < rowCount; i++) {
    const weight = totals.counts[truth[i]] / rowCount;
    all += weight;
    if (truth[i] === predicted[i]) right += weight;
  }
  return right / all;
}

/** Matthews' correlation for any number of classes (Gorodkin 2004); 0 when one side is constant. */
export function matthewsCorrelation({ totals }: ClassificationInputs): number {
  const { total, right, actual, predicted } = totals;
  const both = right * total - dot(actual, predicted);
  const spread = (total ** 2 - dot(predicted, predicted)) * (total ** 2 - dot(actual, actual));
  return spread <= 0 ? 0 : Math.min(1, Math.max(-1, both / Math.sqrt(spread)));
}

export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = values.reduce((found, value, i) => found + value * weights[i], 0);
  return total === 0 ? 0 : sum / total;
}

function scoreOfClass(totals: ClassTotals, score: ClassScore, code: number): number {
  return score(totals.hits[code], totals.actual[code], totals.predicted[code]);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
