import { describe, expect, test } from 'vitest';
import type { SearchResult } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';
import { describeResult } from './describe-result.ts';
import { formatScore, progressPrinter } from './print-progress.ts';

const trial: Trial = {
  ...{ number: 3, learner: 'ridge', description: 'ridge regression', parameters: {} },
  ...{ state: 'completed', score: 0.912345, trainSeconds: 1.26, sampleRows: 167, error: null },
  ...{ metrics: new Map(), foldMetrics: new Map(), curve: null, predictMicrosecondsPerRow: null },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: null },
};
const progress = {
  ...{ elapsedSeconds: 12.7, remainingSeconds: 47.3, trialsDone: 9, bestScore: 0.95 },
  phase: 'portfolio',
} as const;

function printer(verbosity: string | null) {
  const lines: string[] = [];
  let time = 0;
  const hooks = progressPrinter({
    ...{ primaryMetric: 'r2_score', verbosity, now: () => time },
    print: (line) => lines.push(line),
  });
  const after = (milliseconds: number) => {
    time += milliseconds;
    return hooks;
  };
  return { lines, after };
}

describe('the lines of a search', () => {
  test('are one a trial, and the time left where nothing was said for a while', () => {
    const { lines, after } = printer(null);
    after(0).onTrialStart(trial);
    after(1000).onTrialEnd(trial);
    after(4999).onProgress(progress);
    after(1).onProgress(progress);
    after(0).onTrialEnd({ ...trial, state: 'failed', score: null, error: 'no memory' });
    expect(lines).toEqual([
      'Trial 3 ridge (ridge regression): r2_score 0.91234 (167 rows, 1.3 s)',
      '12 s, 48 s left: portfolio, 9 trials, best r2_score 0.95',
      'Trial 3 ridge (ridge regression): failed after 1.3 s: no memory',
    ]);
  });

  test('are more or fewer, as the verbosity says', () => {
    const debug = printer('debug');
    debug.after(0).onTrialStart(trial);
    expect(debug.lines).toEqual(['Trial 3 ridge (ridge regression): started']);
    const warning = printer('warning');
    warning.after(9000).onProgress({ ...progress, remainingSeconds: null, bestScore: null });
    warning.after(0).onTrialEnd(trial);
    expect(warning.lines).toEqual([]);
    warning.after(0).onTrialEnd({ ...trial, state: 'failed' });
    expect(warning.lines).toHaveLength(1);
  });

  test('say the time that has passed where none is given', () => {
    const { lines, after } = printer('info');
    after(5000).onProgress({ ...progress, remainingSeconds: null, bestScore: null });
    expect(lines).toEqual(['12 s: portfolio, 9 trials, best none yet']);
  });
});

test.each([
  [0.123456789, '0.12346'],
  [1234567.89, '1234567.9'],
  [-0.5, '-0.5'],
  [0, '0'],
  [1e-9, '1e-9'],
])('the score %s is shown as %s', (score, text) => {
  expect(formatScore(score)).toBe(text);
});

test('the end says why it ended, what is best, and what is to be known', () => {
  const result = {
    ...{ best: trial, primaryMetric: 'r2_score', leaderboard: [trial], elapsedSeconds: 9.84 },
    stopReason: 'time_budget',
    testMetrics: new Map([['r2_score', 0.8]]),
    notes: [
      { code: 'a', column: 'id', message: 'an identifier' },
      { code: 'b', column: null, message: 'few rows' },
    ],
  } as unknown as SearchResult;
  expect(describeResult(result)).toEqual([
    "Note: column 'id': an identifier",
    'Note: few rows',
    'The search ended after 9.8 s and 1 trial: its time was over.',
    'Best model: trial 3 ridge, r2_score 0.91234, on the test data 0.8',
  ]);
});
