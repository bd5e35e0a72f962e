// The examples named "Azure ML" are those of its documentation.
import type { EarlyTermination } from '@ridgeline/azureml-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Goal, type TrialProgress, trialsToStop } from './early-termination.ts';

const everyReport = { evaluationInterval: 1, delayEvaluation: 0 };
const bandit = (slack: { slackFactor?: number; slackAmount?: number }, when = everyReport) =>
  ({ type: 'bandit', slackFactor: null, slackAmount: null, ...slack, ...when }) as const;
const median: EarlyTermination = { type: 'median_stopping', ...everyReport };
const truncation = (truncationPercentage: number, excludeFinishedJobs = false) =>
  ({
    type: 'truncation_selection',
    truncationPercentage,
    excludeFinishedJobs,
    ...everyReport,
  }) as const;

const running = (histories: Record<string, readonly number[]>): TrialProgress[] =>
  Object.entries(histories).map(([name, values]) => ({ name, values, state: 'running' }));
const constant = (value: number, length: number) => Array.from({ length }, () => value);

describe('bandit', () => {
  test('Azure ML: at 0.8 and a slack factor of 0.2, what is below 0.8 / 1.2 is stopped', () => {
    const trials = running({
      best: constant(0.8, 10),
      near: constant(0.67, 10),
      far: constant(0.66, 10),
    });
    expect(trialsToStop(bandit({ slackFactor: 0.2 }), 'maximize', trials)).toEqual(['far']);
  });

  test('a slack amount is a distance to the best', () => {
    const trials = running({ best: [0.8], near: [0.61], far: [0.59] });
    expect(trialsToStop(bandit({ slackAmount: 0.2 }), 'maximize', trials)).toEqual(['far']);
  });

  test('where less is better, what is above is stopped', () => {
    const trials = running({ best: [10], near: [11.9], far: [12.1] });
    expect(trialsToStop(bandit({ slackFactor: 0.2 }), 'minimize', trials)).toEqual(['far']);
    expect(trialsToStop(bandit({ slackAmount: 2 }), 'minimize', trials)).toEqual(['far']);
  });

  test('negative metrics have slack in the right direction', () => {
    const trials = running({ best: [-10], near: [-11.9], far: [-12.1] });
    expect(trialsToStop(bandit({ slackFactor: 0.2 }), 'maximize', trials)).toEqual(['far']);
  });

  test("a trial's best report counts, not its last", () => {
    const trials = running({ best: [0.8, 0.8], once: [0.8, 0.1] });
    expect(trialsToStop(bandit({ slackFactor: 0.1 }), 'maximize', trials)).toEqual([]);
  });
});

describe('median stopping', () => {
  test('Azure ML: whose best is worse than the median of the running averages is stopped', () => {
    const trials = running({ a: [1, 1, 1, 1, 1], b: [2, 2, 2, 2, 2], c: [3, 3, 3, 3, 3] });
    expect(trialsToStop(median, 'maximize', trials)).toEqual(['a']);
    expect(trialsToStop(median, 'minimize', trials)).toEqual(['c']);
  });
});

describe('truncation selection', () => {
  const five = running({ a: [1], b: [2], c: [3], d: [4], e: [5] });

  test('stops the given part of the trials, the worst ones', () => {
    expect(trialsToStop(truncation(40), 'maximize', five)).toEqual(['a', 'b']);
    expect(trialsToStop(truncation(20), 'minimize', five)).toEqual(['e']);
    expect(trialsToStop(truncation(19), 'minimize', five)).toEqual([]);
  });

  test('judges no further at the same interval, as those it stopped stay in the comparison', () => {
    const stopped = five.map((trial) =>
      trial.name === 'a' ? { ...trial, state: 'stopped' as const } : trial,
    );
    expect(trialsToStop(truncation(20), 'maximize', stopped)).toEqual([]);
  });

  test('counts trials that have completed, or leaves them out', () => {
    const ended = (['b', 'c', 'd', 'e'] as const).map((name) => ({
      name,
      values: [10],
      state: 'completed' as const,
    }));
    const trials = [...running({ a: [1] }), ...ended];
    expect(trialsToStop(truncation(20), 'maximize', trials)).toEqual(['a']);
    expect(trialsToStop(truncation(20, true), 'maximize', trials)).toEqual([]);
  });

  test('of equal trials it stops none before all are among the worst', () => {
    const equal = running({ a: [1], b: [1], c: [1] });
    expect(trialsToStop(truncation(50), 'maximize', equal)).toEqual([]);
  });
});

describe('when a trial is judged', () => {
  const policy = { ...bandit({ slackFactor: 0.1 }), evaluationInterval: 2, delayEvaluation: 5 };
  const judged = (reports: number) =>
    trialsToStop(policy, 'maximize', running({ good: constant(1, 20), bad: constant(0, reports) }));

  test.each([
    [4, []],
    [5, []],
    [6, ['bad']],
    [7, ['bad']],
  ])('at every second report from the fifth on: after %d reports', (reports, stopped) => {
    expect(judged(reports)).toEqual(stopped);
  });

  test('a trial that started late is compared with what others had at its age', () => {
    const trials = running({ old: [0.1, 0.5, 0.9], young: [0.1] });
    expect(trialsToStop(bandit({ slackFactor: 0 }), 'maximize', trials)).toEqual([]);
  });

  test('a report of NaN is none', () => {
    const trials = running({ good: [1], bad: [Number.NaN, 0] });
    expect(trialsToStop(bandit({ slackFactor: 0 }), 'maximize', trials)).toEqual(['bad']);
  });
});

test('the best of all that run at one age is never stopped, by whatever policy', () => {
  const policies = fc.constantFrom<EarlyTermination>(
    bandit({ slackFactor: 0.1 }),
    bandit({ slackAmount: 1 }),
    median,
    truncation(50),
    truncation(99, true),
  );
  const histories = fc.array(
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  const goals = fc.constantFrom<Goal>('minimize', 'maximize');
  fc.assert(
    fc.property(policies, goals, histories, (policy, goal, values) => {
      const trials = running(Object.fromEntries(values.map((each, index) => [`t${index}`, each])));
      const best = (each: readonly number[]) =>
        goal === 'maximize' ? Math.max(...each) : -Math.min(...each);
      const winner = values.reduce(
        (a, b, index) => (best(b) > best(values[a] ?? []) ? index : a),
        0,
      );
      expect(trialsToStop(policy, goal, trials)).not.toContain(`t${winner}`);
    }),
  );
});
