// The search, stage by stage: settings, problem, plan, trials, choice, model. Each stage has its file;
// this one is their order, and sees to it that the workers end whatever happens.
import { availableParallelism } from 'node:os';
import { chooseModel } from '../ensemble/choose-model.ts';
import { choosePlan, type PlanRequest } from '../evaluation/choose-plan.ts';
import { Judge } from '../evaluation/judge.ts';
import type { ProblemMessage } from '../pool/messages.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import { positiveCode } from '../problem/class-target.ts';
import { factsOf } from '../problem/facts.ts';
import { makeProblem } from '../problem/make-problem.ts';
import { sharedInt32 } from '../problem/shared-memory.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { resolveMetric } from '../settings/primary-metric.ts';
import { type GivenSettings, resolveSettings } from '../settings/resolve-settings.ts';
import { Budget } from './budget.ts';
import { portfolioOf } from './portfolio.ts';
import { resultOf } from './result.ts';
import { runTrials } from './run-trials.ts';
import type { SearchHooks, SearchInput, SearchResult } from './search-types.ts';
import type { Session } from './session.ts';
import { systemClock } from './system-clock.ts';

/**
 * Finds the best model of `settings.targetColumn` that the budget buys.
 * @throws AutoMLError, LearnError or TabularError for settings and data that cannot be worked with;
 * AutoMLError NO_MODEL_FOUND when no trial gave a model within the limits.
 */
export async function search(
  input: SearchInput,
  given: GivenSettings,
  hooks: SearchHooks = {},
): Promise<SearchResult> {
  const clock = hooks.clock ?? systemClock;
  const settings = resolveSettings(input.train, given);
  const budget = new Budget(clock, settings, input.test?.rowCount ?? 0);
  const pool = new WorkerPool(settings.maxConcurrentTrials ?? Math.min(64, availableParallelism()));
  try {
    const session = prepare(input, settings, hooks, budget, pool);
    const portfolio = portfolioOf(session.facts, settings);
    const trials = await runTrials(session, portfolio);
    const chosen = await chooseModel(session, trials.ledger);
    return resultOf(session, trials, chosen);
  } finally {
    await pool.close();
  }
}

function prepare(
  input: SearchInput,
  settings: AutoMLSettings,
  hooks: SearchHooks,
  budget: Budget,
  pool: WorkerPool,
): Session {
  hooks.onProgress?.({
    elapsedSeconds: 0,
    remainingSeconds: settings.timeBudgetSeconds,
    trialsDone: 0,
    bestScore: null,
    phase: 'profile',
  });
  const made = makeProblem(input, settings);
  const { problem, trainCount, givenFolds } = made;
  const request: PlanRequest = { problem, trainCount, givenFolds, settings };
  const plan = choosePlan(request);
  const facts = factsOf(problem, plan, settings.primaryMetric);
  const metric = resolveMetric(problem.task, settings.primaryMetric);
  const judge = new Judge(problem, metric, positiveCode(problem.classes, settings.positiveLabel));
  const message: ProblemMessage = {
    kind: 'problem',
    task: problem.task,
    columns: problem.x.columns,
    target: problem.target,
    classes: problem.classes,
    fitWeights: problem.fitWeights,
    folds: plan.folds.map(({ train, valid }) => ({
      train: sharedInt32(train),
      valid: sharedInt32(valid),
    })),
    facts,
    stopFlags: pool.stopFlags,
  };
  pool.setProblem(message);
  const clock = hooks.clock ?? systemClock;
  return { clock, message, input, settings, hooks, budget, made, plan, facts, judge, pool };
}
