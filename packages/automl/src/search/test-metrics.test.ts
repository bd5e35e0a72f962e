import { estimatorEntry, type Regressor, TableEncoder, TabularModel } from '@ridgeline/learn';
import { describe, expect, it } from 'vitest';
import { regressionTable } from '../../test/tables.ts';
import { makeProblem } from '../problem/make-problem.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { Budget } from './budget.ts';
import { testMetrics } from './test-metrics.ts';

const train = regressionTable(200);
const test = regressionTable(20_000, 1);
const encoder = new TableEncoder().fit(train, { target: 'y' });
const ridge = estimatorEntry('Ridge').create({}) as Regressor;
const model = new TabularModel({
  targetName: 'y',
  targetType: 'double',
  encoder,
  model: ridge.fit(encoder.transform(train), train.numbers('y')),
});

/** The metrics with a clock that goes on by so many milliseconds each time it is read. */
function evaluated(tickMs: number, timeBudgetSeconds: number | null, rows = test) {
  let now = 0;
  const clock = { now: () => (now += tickMs), after: () => () => {} };
  const given = { targetColumn: 'y', ...(timeBudgetSeconds !== null && { timeBudgetSeconds }) };
  const settings = resolveSettings(train, { ...given, maxTrials: 3 });
  const budget = new Budget(clock, settings, rows.rowCount);
  const input = { train, test: rows };
  return testMetrics({ input, settings, budget, made: makeProblem(input, settings) }, model);
}

describe('the metrics on a test table', () => {
  it('are of all rows where the time is enough', () => {
    const { values, notes } = evaluated(0, 10);
    expect(values?.get('r2_score')).toBeGreaterThan(0.9);
    expect(notes).toEqual([]);
    expect(evaluated(100, null).notes).toEqual([]);
  });

  it('are of a part of the rows where it is not, which is told', () => {
    const { values, notes } = evaluated(2_000, 10);
    expect(values?.get('r2_score')).toBeGreaterThan(0.9);
    expect(notes[0]).toMatchObject({ code: 'TEST_SAMPLED', column: null });
    expect(notes[0].message).toMatch(/of \d{4} of its 20000 rows/);
  });

  it('are of all rows where there are few, however late it is', () => {
    expect(evaluated(100_000, 10, regressionTable(900, 1)).notes).toEqual([]);
  });
});

describe('the budget', () => {
  it('ends trials sooner where a test table is to be predicted, by a tenth at most', () => {
    const clock = { now: () => 0, after: () => () => {} };
    const settings = { timeBudgetSeconds: 10, preset: 'best' } as const;
    const trialMs = (rows: number) => new Budget(clock, settings, rows).trialMs;
    expect(trialMs(0) - trialMs(50_000)).toBeCloseTo(500, 6);
    expect(trialMs(0) - trialMs(5_000_000)).toBeCloseTo(1_000, 6);
  });
});
