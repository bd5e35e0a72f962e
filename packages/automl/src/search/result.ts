// The result of a search: the leaderboard with the ensemble on it, the chosen model and what it says of
// the rows that it did not see.
import type { ChosenModel } from '../ensemble/choose-model.ts';
import { ensembleTrial } from './ensemble-trial.ts';
import { byLoss } from './ledger.ts';
import { progressOf, type Trials } from './run-trials.ts';
import type { SearchResult } from './search-types.ts';
import type { Session } from './session.ts';
import { testMetrics } from './test-metrics.ts';

export function resultOf(session: Session, trials: Trials, chosen: ChosenModel): SearchResult {
  const { settings, budget, judge, plan, made, hooks } = session;
  const { ledger, stopReason } = trials;
  const { choice } = chosen.option;
  const isEnsemble = choice.members.length > 1;
  const best = isEnsemble
    ? ensembleTrial(session, chosen.option, ledger.all.length + 1)
    : choice.members[0].evaluated.trial;
  const ranked = byLoss(ledger.all).map(({ trial }) => trial);
  const predictions = Float64Array.from(choice.predictions);
  const isRegression = made.problem.classes === null;
  const test = testMetrics(session, chosen.model);
  const result: SearchResult = {
    task: settings.task,
    primaryMetric: judge.metric.name,
    metricDirection: judge.metric.direction,
    leaderboard: isEnsemble ? [best, ...ranked] : ranked,
    best,
    model: chosen.model,
    outOfFold: {
      rows: plan.judged.map((row) => made.tableRows[row]),
      predictions: isRegression ? predictions : null,
      probabilities: isRegression ? null : predictions,
    },
    testMetrics: test.values,
    notes: [...made.notes, ...test.notes],
    settings,
    stopReason,
    elapsedSeconds: budget.elapsedMs / 1000,
  };
  hooks.onProgress?.(progressOf(session, ledger, 'done'));
  return result;
}
