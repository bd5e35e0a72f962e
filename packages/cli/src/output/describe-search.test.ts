import type { SearchResult } from '@ridgeline/automl';
import { expect, test } from 'vitest';
import { describeOutcome } from './describe-search.ts';

const best = { number: 1, learner: 'ridge', state: 'completed', score: 0.5, trainSeconds: 0.1 };
const result = {
  ...{ best, leaderboard: [best], primaryMetric: 'accuracy', notes: [] },
  ...{ elapsedSeconds: 1, stopReason: 'max_trials', testMetrics: null },
} as unknown as SearchResult;

function linesAbout(alertCount: number): string[] {
  const alerts = Array.from({ length: alertCount }, (_, i) => `class ${i} is rare`);
  const told = describeOutcome({ result, alerts, rowCount: 10, output: 'out' });
  return told.split('\n').filter((line) => /rare|more/.test(line));
}

test('what a person should look at is told', () => {
  expect(linesAbout(1)).toEqual(['Look at this: class 0 is rare']);
  expect(linesAbout(10)).toHaveLength(10);
});

test('of five hundred things to look at, ten are told, and where the others are', () => {
  const lines = linesAbout(500);
  expect(lines).toHaveLength(11);
  expect(lines[10]).toBe('and 490 more, in out/report/guardrails.json');
});
