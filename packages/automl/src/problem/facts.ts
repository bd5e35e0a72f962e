// The facts that choices of learners depend on, read off the problem.
import type { Plan } from '../evaluation/plan.ts';
import type { Problem, ProblemFacts } from './problem.ts';

/** Levels of a category that get a column of their own, at most. */
const mostExpandedLevels = 50;
/** Of fewer rows or levels, means at the levels tell little that the levels do not. */
const manyLevels = 20;
const leastRowsOfMeans = 1_000;
/** Each class makes a column of means, and with many of them the levels themselves are fewer. */
const mostClassesOfMeans = 10;

export function factsOf(
  { task, x, target, classes }: Problem,
  plan: Plan,
  primaryMetric: string,
): ProblemFacts {
  const levels = x.columns.map((column) => (column.kind === 'categorical' ? column.levelCount : 0));
  return {
    task,
    rowCount: plan.folds[0].train.length,
    columnCount: x.columnCount,
    foldCount: plan.folds.length,
    hasManyLevels:
      levels.some((count) => count >= manyLevels) &&
      x.rowCount >= leastRowsOfMeans &&
      (classes?.length ?? 1) <= mostClassesOfMeans,
    categoricalCount: levels.filter((count) => count > 0).length,
    expandedColumnCount: levels.reduce((sum, count) => {
      return sum + Math.max(1, Math.min(count, mostExpandedLevels));
    }, 0),
    hasMissing: x.columns.some(({ values }) => hasGap(values)),
    classCount: classes?.length ?? 1,
    wantsMedian: primaryMetric.includes('absolute'),
    isSkewed: task === 'regression' && isSkewed(target),
  };
}

/** A plain loop, as a call a value would take seconds where there are millions. */
function hasGap(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** Whether log1p takes away most of a long right tail: positive values of several magnitudes. */
function isSkewed(target: Float64Array): boolean {
  if (target.some((value) => value < 0)) return false;
  const plain = skewness(target);
  return plain > 1.5 && Math.abs(skewness(target.map(Math.log1p))) < plain / 2;
}

function skewness(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  let second = 0;
  let third = 0;
  for (const value of values) {
    second += (value - mean) ** 2 / values.length;
    third += (value - mean) ** 3 / values.length;
  }
  return second === 0 ? 0 : third / second ** 1.5;
}
