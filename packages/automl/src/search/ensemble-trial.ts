// The chosen ensemble as a trial of its own on the leaderboard, as Azure's ensembles are.
import type { ModelOption } from '../ensemble/model-options.ts';
import type { Session } from './session.ts';
import type { Trial } from './trial.ts';

export function ensembleTrial(
  { judge, plan, clock }: Session,
  { choice, meta, microsecondsPerRow }: ModelOption,
  number: number,
): Trial {
  const { members, predictions } = choice;
  const metrics = judge.metrics(plan.judged, predictions);
  const now = new Date(clock.now()).toISOString();
  const shares = members.map(({ evaluated, weight }) => {
    return `${Math.round(weight * 100)} % trial ${evaluated.trial.number}`;
  });
  return {
    number,
    learner: meta === null ? 'vote_ensemble' : 'stack_ensemble',
    description: `${meta === null ? 'mean' : 'stack'} of ${members.length} trials: ${shares.join(', ')}`,
    parameters: Object.fromEntries(
      members.map(({ evaluated, weight }) => [`trial${evaluated.trial.number}`, weight]),
    ),
    state: 'completed',
    score: metrics.get(judge.metric.name) ?? null,
    metrics,
    foldMetrics: new Map(),
    curve: null,
    trainSeconds: 0,
    predictMicrosecondsPerRow: microsecondsPerRow,
    sampleRows: plan.folds[0].train.length,
    error: null,
    startedAt: now,
    endedAt: now,
  };
}
