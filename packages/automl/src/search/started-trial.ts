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
  const rows = folds[0].train.length;
  return {
    number,
    learner: candidate.learner,
    description: candidate.description,
    parameters: candidate.parameters,
    state: 'running',
    score: null,
    metrics: new Map(),
    foldMetrics: new Map(),
    curve: null,
    trainSeconds: 0,
    predictMicrosecondsPerRow: null,
    sampleRows: Math.min(sampleRows ?? rows, rows),
    error: null,
    startedAt,
    endedAt: null,
  };
}
