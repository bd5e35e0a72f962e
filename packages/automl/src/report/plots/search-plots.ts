// The plots of the search itself: the scores of its trials, and the curve of the chosen model's training.
import type { SearchOutcome } from '../../search/search-types.ts';
import type { Plot } from '../report-types.ts';
import { lineChart, type Point } from '../svg/charts.ts';
import { domainOf } from '../svg/scale.ts';

export function searchPlots(result: SearchOutcome): readonly Plot[] {
  const { curve } = result.best;
  return [
    ...progressPlot(result),
    ...(curve === null || curve.length < 2 ? [] : [curvePlot(curve)]),
  ];
}

/** None where fewer than two trials have a score. */
function progressPlot({ leaderboard, primaryMetric, metricDirection }: SearchOutcome): Plot[] {
  const trials = leaderboard
    .flatMap(({ number, score, learner }) =>
      score !== null && Number.isFinite(score) ? [{ number, score, learner }] : [],
    )
    .sort((a, b) => a.number - b.number);
  if (trials.length < 2) return [];
  const better = metricDirection === 'maximize' ? Math.max : Math.min;
  let best = trials[0].score;
  const bestSoFar = trials.map(({ number, score }): Point => {
    best = better(best, score);
    return [number, best];
  });
  const scores = trials.map(({ number, score }): Point => [number, score]);
  const title = 'Scores of the trials';
  const svg = lineChart({
    title,
    x: { name: 'Trial', domain: domainOf(trials.map(({ number }) => number)) },
    y: { name: primaryMetric, domain: domainOf(trials.map(({ score }) => score)) },
    series: [
      { name: 'best so far', points: bestSoFar, shape: 'stairs' },
      { name: 'trial', points: scores, shape: 'dots' },
    ],
  });
  return [
    { name: 'search_progress', title, data: { metric: primaryMetric, trials, bestSoFar }, svg },
  ];
}

function curvePlot(curve: readonly { readonly iteration: number; readonly value: number }[]): Plot {
  const title = 'Validation loss of the chosen model';
  const svg = lineChart({
    title,
    x: { name: 'Iteration', domain: domainOf(curve.map(({ iteration }) => iteration)) },
    y: { name: 'Loss', domain: domainOf(curve.map(({ value }) => value)) },
    series: [
      { name: 'loss', points: curve.map(({ iteration, value }): Point => [iteration, value]) },
    ],
  });
  return { name: 'training_curve', title, data: { curve }, svg };
}
