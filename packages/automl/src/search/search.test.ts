import { fileURLToPath } from 'node:url';
import { readModel, TabularModel } from '@ridgeline/learn';
import { readTable, type Table } from '@ridgeline/tabular';
import { beforeAll, describe, expect, it } from 'vitest';
import { classTable, regressionTable, withColumn } from '../../test/tables.ts';
import { search } from './search.ts';
import type { SearchResult } from './search-types.ts';
import type { Trial } from './trial.ts';

const few = { maxTrials: 4, crossValidations: 2, seed: 1 } as const;

/** All of a leaderboard that does not depend on the clock. */
function withoutTimes({ leaderboard }: SearchResult) {
  return leaderboard.map(
    ({ startedAt, endedAt, trainSeconds, predictMicrosecondsPerRow, ...rest }) => rest,
  );
}

describe('a search', () => {
  it('gives the same leaderboard and model however many workers there are', async () => {
    const input = { train: classTable(120, ['no', 'yes']) };
    const settings = { targetColumn: 'label', maxTrials: 7, seed: 5 };
    const one = await search(input, { ...settings, maxConcurrentTrials: 1 });
    const three = await search(input, { ...settings, maxConcurrentTrials: 3 });
    expect(withoutTimes(three)).toEqual(withoutTimes(one));
    expect(JSON.stringify(three.model)).toBe(JSON.stringify(one.model));
  });

  it('infers the task, keeps classes and their order, and predicts from raw columns', async () => {
    const train = classTable(150, ['high', 'low', 'mid']);
    const result = await search({ train }, { targetColumn: 'label', ...few });
    expect(result.task).toBe('classification');
    expect(result.model.classes).toEqual(['high', 'low', 'mid']);
    expect(result.model.predictProbabilities(train).columnCount).toBe(3);
    expect(result.best.metrics.get('accuracy')).toBeGreaterThan(0.7);
    expect(result.outOfFold.probabilities).toHaveLength(450);
  });

  it('ends when a trial is as good as the exit score', async () => {
    const train = regressionTable(80);
    const settings = {
      targetColumn: 'y',
      primaryMetric: 'r2_score',
      exitScore: 0.5,
      maxTrials: 50,
    };
    const { stopReason, leaderboard } = await search({ train }, settings);
    expect(stopReason).toBe('exit_score');
    expect(leaderboard.length).toBeLessThan(15);
  });

  it('judges by the validation table where one is given, and by the test table in the end', async () => {
    const input = {
      train: regressionTable(80),
      validation: regressionTable(30, 1),
      test: regressionTable(40, 2),
    };
    const result = await search(input, { targetColumn: 'y', ...few });
    expect(result.outOfFold.rows).toHaveLength(30);
    expect(result.leaderboard[0].sampleRows).toBe(80);
    expect(result.testMetrics?.get('r2_score')).toBeGreaterThan(0.8);
  });

  it('makes one model that reads back for the preset fast', async () => {
    const train = regressionTable(80);
    const result = await search({ train }, { targetColumn: 'y', preset: 'fast', ...few });
    const json = JSON.parse(JSON.stringify(result.model.model));
    expect(json.estimator).not.toBe('Blend');
    const { encoder, targetName, targetType } = result.model;
    const again = new TabularModel({ encoder, targetName, targetType, model: readModel(json) });
    expect(again.predict(train)).toEqual(result.model.predict(train));
  });

  it('tries only the learners that are allowed, by Azure’s names too', async () => {
    const train = regressionTable(60);
    const settings = { targetColumn: 'y', allowedLearners: ['LightGBM', 'elastic_net'], ...few };
    const { leaderboard } = await search({ train }, { ...settings, voteEnsemble: false });
    const tried = new Set(leaderboard.map(({ learner }) => learner));
    expect(tried).toEqual(new Set(['gradient_boosting', 'elastic_net']));
  });

  it('makes one trial where one is asked for', async () => {
    const train = regressionTable(60);
    const { leaderboard, stopReason } = await search(
      { train },
      { targetColumn: 'y', maxTrials: 1 },
    );
    expect(leaderboard).toHaveLength(1);
    expect(stopReason).toBe('max_trials');
  });

  it('keeps to the limit of the model’s size', async () => {
    const train = regressionTable(60);
    const settings = { targetColumn: 'y', maxModelBytes: 20_000, ...few };
    const { model } = await search({ train }, settings);
    expect(JSON.stringify(model.model).length).toBeLessThan(20_000);
    await expect(search({ train }, { ...settings, maxModelBytes: 10 })).rejects.toMatchObject({
      code: 'NO_MODEL_FOUND',
      message: expect.stringContaining('the smallest has'),
    });
  });

  it('folds by the split columns', async () => {
    const table = regressionTable(40);
    const train = withColumn(table, 'fold1', (row) => (row < 10 ? 1 : 0));
    const settings = { targetColumn: 'y', cvSplitColumns: ['fold1'], ...few };
    const { outOfFold, model } = await search({ train }, settings);
    expect([...outOfFold.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(model.inputs.map(({ name }) => name)).not.toContain('fold1');
  });
});

describe('a search that is ended', () => {
  it('before its first trial gives the naive baseline', async () => {
    const signal = AbortSignal.abort();
    const result = await search({ train: regressionTable(50) }, { targetColumn: 'y' }, { signal });
    expect(result.stopReason).toBe('cancelled');
    expect(result.best.learner).toBe('naive');
    expect(result.model.predict(regressionTable(5))).toHaveLength(5);
  });

  it('in its midst gives the best so far', async () => {
    const controller = new AbortController();
    const onTrialEnd = ({ number }: Trial) => {
      if (number >= 3) controller.abort();
    };
    const hooks = { onTrialEnd, signal: controller.signal };
    const result = await search({ train: regressionTable(60) }, { targetColumn: 'y' }, hooks);
    expect(result.stopReason).toBe('cancelled');
    expect(result.best.score).not.toBeNull();
    expect(result.model.predict(regressionTable(5))).toHaveLength(5);
  });

  it('by its clock asks what runs to end, and starts nothing more', async () => {
    const clock = handClock();
    const started: number[] = [];
    const hooks = {
      clock,
      onTrialStart: ({ number }: Trial) => void started.push(number),
      onTrialEnd: ({ number }: Trial) => {
        if (number === 2) clock.advance(1_000_000);
      },
    };
    const settings = { targetColumn: 'y', timeBudgetSeconds: 1000 };
    const result = await search({ train: regressionTable(60) }, settings, hooks);
    expect(result.stopReason).toBe('time_budget');
    expect(result.best.score).not.toBeNull();
    expect(started.length).toBeLessThan(12);
  });

  it('reports progress with the time that is left', async () => {
    const phases = new Set<string>();
    const onProgress = ({ phase }: { readonly phase: string }) => void phases.add(phase);
    await search({ train: regressionTable(50) }, { targetColumn: 'y', ...few }, { onProgress });
    expect([...phases]).toEqual(expect.arrayContaining(['profile', 'floor', 'done']));
  });
});

describe('on the diabetes data', () => {
  let train: Table;
  beforeAll(async () => {
    const file = '../../../../templates/diabetes-regression/data/diabetes.csv';
    train = await readTable(fileURLToPath(new URL(file, import.meta.url)));
  });

  it('finds a model at least as good as a ridge regression', async () => {
    const settings = { targetColumn: 'Y', primaryMetric: 'r2_score', maxTrials: 8, seed: 0 };
    const { best, leaderboard } = await search({ train }, settings);
    expect(best.score).toBeGreaterThan(0.48);
    expect(leaderboard[0]).toBe(best);
  });
});

/** A clock that stands until it is told. */
function handClock() {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after: (milliseconds: number, callback: () => void) => {
      const entry = { at: now + milliseconds, callback };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
      for (const entry of [...waiting]) {
        if (entry.at > now) continue;
        waiting.delete(entry);
        entry.callback();
      }
    },
  };
}
