// A trial as it is told of when it starts.
import type { Plan } from '../evaluation/plan.ts';
import type { Candidate } from '../learners/learner.ts';
import type { Trial } from './trial.ts';

interface Start {
  readonly number: number;
  readonly candidate: Candidate;
  readonly sampleRows: number | null;
}

export function startedTrial(
  { number, candidate, sampleRows }: Start,
  { folds }: Plan,
  startedAt: string,
): Trial {
  const { learner, description, parameters } = candidate;
  const rows = folds[0].train.length;
  const seen = Math.min(sampleRows ?? rows, rows);
  return newTrial({ number, learner, description, parameters, sampleRows: seen, startedAt });
}

type Known = Pick<
  Trial,
  'number' | 'learner' | 'description' | 'parameters' | 'sampleRows' | 'startedAt'
>;

/** With nothing to tell yet of how it went. */
export function newTrial(known: Known): Trial {
  return {
    ...known,
    state: 'running',
    score: null,
    metrics: new Map(),
    foldMetrics: new Map(),
    curve: null,
    trainSeconds: 0,
    predictMicrosecondsPerRow: null,
    error: null,
    endedAt: null,
  };
}
