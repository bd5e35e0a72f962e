import { describe, expect, it } from 'vitest';
import type { ProblemFacts } from '../problem/problem.ts';
import { learnerNames } from '../settings/learner-names.ts';
import { learners } from './learners.ts';

const regression: ProblemFacts = {
  task: 'regression',
  rowCount: 800,
  columnCount: 10,
  foldCount: 5,
  categoricalCount: 2,
  hasManyLevels: true,
  expandedColumnCount: 30,
  hasMissing: true,
  classCount: 1,
  isSkewed: true,
  wantsMedian: true,
};
const classification: ProblemFacts = { ...regression, task: 'classification', classCount: 4 };

describe.each(learnerNames)('%s', (name) => {
  const learner = learners[name];

  it('has its own name, and configurations for a task at least', () => {
    expect(learner.name).toBe(name);
    const all = [...learner.portfolio(regression), ...learner.portfolio(classification)];
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map((candidate) => candidate.learner))).toEqual(new Set([name]));
  });

  it('has dimensions whose start lies within them', () => {
    for (const { min, max, start } of learner.space(regression)) {
      expect(min).toBeLessThan(max);
      expect(start).toBeGreaterThanOrEqual(min);
      expect(start).toBeLessThanOrEqual(max);
    }
  });

  it('costs more with more rows', () => {
    for (const { parameters } of learner.portfolio(regression)) {
      const few = learner.cost(regression, parameters, 1_000);
      expect(few).toBeGreaterThan(0);
      expect(learner.cost(regression, parameters, 100_000)).toBeGreaterThan(few);
    }
  });
});

it('a booster is hastened by a greater rate, and not at all where too little time is left', () => {
  const { hasten } = learners.gradient_boosting;
  expect(hasten?.({ learningRate: 0.05 }, 0.5)).toEqual({ learningRate: 0.1 });
  expect(hasten?.({ learningRate: 0.05 }, 0.01)).toBeNull();
});
