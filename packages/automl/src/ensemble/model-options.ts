// Everything that could be handed out in the end: an ensemble, the best trials with the models of their
// folds, and those fitted anew as one model; each with its size and speed, the best first.

import type { FittedModel } from '@ridgeline/learn';
import type { Evaluated } from '../search/evaluated.ts';
import type { Session } from '../search/session.ts';
import { type Choice, choiceOf, chooseMembers } from './choose-members.ts';
import { stackMembers } from './stack-members.ts';

export const forms = ['bag', 'single'] as const;

export interface ModelOption {
  readonly choice: Choice;
  /** `bag`: the models of all folds; `single`: one model, fitted anew on all rows where time allows. */
  readonly form: (typeof forms)[number];
  /** Of a stack: the model over its members; null of a weighted mean. */
  readonly meta: FittedModel | null;
  /** As JSON; of a model fitted anew as large as a fold's. */
  readonly bytes: number;
  /** As measured on the rows held out. */
  readonly microsecondsPerRow: number;
}

/** Trials that are looked at where limits keep the best ones out. */
const mostSingles = 40;

/** Milliseconds that the making of the model is left. */
const leastMs = 250;

export function modelOptions(session: Session, ranked: readonly Evaluated[]): ModelOption[] {
  const { settings, plan, judge, made, budget } = session;
  const singles = ranked.slice(0, mostSingles).map((evaluated) => {
    return choiceOf([{ evaluated, weight: 1 }], judge, plan.judged);
  });
  const single = singles.map((choice) => option(choice, 'single'));
  const hasLimits = settings.maxLatencyMicroseconds !== null || settings.maxModelBytes !== null;
  if (settings.preset === 'fast') return single;
  const bags = singles.map((choice) => option(choice, 'bag'));
  const isSmaller = plan.folds.length > 1 && hasLimits;
  const rest = [...bags, ...(isSmaller ? single : [])].sort(
    (a, b) => a.choice.loss - b.choice.loss,
  );
  if (!settings.voteEnsemble || ranked.length < 2) return rest;
  const isLate = () => budget.remainingMs < Math.max(leastMs, 0.02 * (budget.totalMs ?? 0));
  const vote = chooseMembers(ranked, {
    problem: made.problem,
    judge,
    judged: plan.judged,
    seed: settings.seed,
    shouldStop: isLate,
  });
  const options = vote.members.length > 1 ? [option(vote, 'bag'), ...rest] : rest;
  const stacked = settings.stackEnsemble && !isLate() ? stackMembers(session, ranked, vote) : null;
  if (stacked === null) return options;
  return [{ ...option(stacked.choice, 'bag'), meta: stacked.meta }, ...options];
}

function option(choice: Choice, form: ModelOption['form']): ModelOption {
  let bytes = 0;
  let microsecondsPerRow = 0;
  for (const { evaluated } of choice.members) {
    const models = evaluated.models ?? [];
    const size = models.reduce((sum, model) => sum + model.byteLength, 0);
    const share = form === 'bag' ? 1 : 1 / models.length;
    bytes += size * share;
    const one = evaluated.trial.predictMicrosecondsPerRow ?? 0;
    microsecondsPerRow += one * (form === 'bag' ? models.length : 1);
  }
  return { choice, form, meta: null, bytes, microsecondsPerRow };
}
