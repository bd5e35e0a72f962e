import { describe, expect, it } from 'vitest';
import type { Candidate } from '../learners/learner.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import type { Evaluated } from './evaluated.ts';
import type { TimeLeft } from './halving.ts';
import { Strategy } from './strategy.ts';

const facts: ProblemFacts = {
  task: 'regression',
  rowCount: 240_000,
  columnCount: 10,
  foldCount: 1,
  categoricalCount: 0,
  hasManyLevels: false,
  expandedColumnCount: 10,
  hasMissing: false,
  classCount: 1,
  isSkewed: false,
  wantsMedian: false,
};
const portfolio = [1, 2, 3, 4].map((maxDepth): Candidate => {
  return { learner: 'gradient_boosting', description: `${maxDepth}`, parameters: { maxDepth } };
});

function evaluated(number: number, candidate: Candidate, sampleRows: number): Evaluated {
  const { learner, description, parameters } = candidate;
  const trial: Evaluated['trial'] = {
    number,
    learner,
    description,
    parameters,
    state: 'completed',
    score: number,
    metrics: new Map(),
    foldMetrics: new Map(),
    curve: null,
    trainSeconds: 1,
    predictMicrosecondsPerRow: 1,
    sampleRows,
    error: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:00:01.000Z',
  };
  const models = [new Uint8Array(1)];
  const rest = { foldLosses: [number], predictions: new Float32Array(1), iterations: null };
  return { trial, candidate, loss: number, models, fitMs: 1, ...rest };
}

/** Time for fits on so many rows at most. */
function timeFor(usedShare: number, mostRows: number): TimeLeft {
  const fit: TimeLeft['fit'] = (candidate, rows) =>
    (rows ?? facts.rowCount) <= mostRows ? candidate : null;
  return { usedShare, fit };
}

/** A strategy that has tried two configurations on the first sample. */
function begun() {
  const strategy = new Strategy(facts, portfolio, { seed: 0, enableEarlyTermination: true });
  const shown = [1, 2].map((number) => {
    const proposal = strategy.next([], number, timeFor(0, facts.rowCount));
    return evaluated(number, proposal?.candidate ?? portfolio[3], proposal?.sampleRows ?? 0);
  });
  return { strategy, shown };
}

describe('with many rows the strategy', () => {
  it('begins on few of them, and goes on to more with the best', () => {
    const { strategy, shown } = begun();
    expect(shown.map(({ trial }) => trial.sampleRows)).toEqual([10_000, 10_000]);
    const next = strategy.next(shown, 3, timeFor(0.2, facts.rowCount));
    expect(next).toMatchObject({ candidate: portfolio[0], sampleRows: 80_000 });
  });

  it('goes on to all with the best of what it tried where the level between has no time left', () => {
    const { strategy, shown } = begun();
    const next = strategy.next(shown, 3, timeFor(0.4, facts.rowCount));
    expect(next).toMatchObject({ candidate: portfolio[0], sampleRows: null });
  });

  it('then takes as many rows as there is time for', () => {
    const { strategy, shown } = begun();
    const next = strategy.next(shown, 3, timeFor(0.4, 40_000));
    expect(next).toMatchObject({ candidate: portfolio[0], sampleRows: 30_000 });
  });
});
