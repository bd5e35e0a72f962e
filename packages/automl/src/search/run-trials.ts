// The trials of a search: makes the parts of the loop, listens to the caller and the clock, and tells of
// the progress.
import { naivePredictions } from '../evaluation/naive-predictions.ts';
import type { Candidate } from '../learners/learner.ts';
import { CostModel } from './cost-model.ts';
import { Ledger } from './ledger.ts';
import { naiveFallback } from './naive-fallback.ts';
import type { SearchPhase, StopReason } from './search-types.ts';
import type { Session } from './session.ts';
import { Strategy } from './strategy.ts';
import { TrialLoop } from './trial-loop.ts';
import { TrialRunner } from './trial-runner.ts';

export interface Trials {
  readonly ledger: Ledger;
  readonly stopReason: StopReason;
}

const progressEveryMs = 1_000;

export async function runTrials(
  session: Session,
  portfolio: readonly Candidate[],
): Promise<Trials> {
  const { settings, hooks, clock, budget, plan, facts, judge, pool, made } = session;
  const ledger = new Ledger();
  const runner = new TrialRunner({
    pool,
    plan,
    judge,
    costs: new CostModel(facts),
    hooks,
    clock,
    seed: settings.seed,
    budgetMs: budget.totalMs,
    trialTimeoutMs: settings.trialTimeoutSeconds && settings.trialTimeoutSeconds * 1000,
  });
  let phase: SearchPhase = 'floor';
  const tell = () => hooks.onProgress?.(progressOf(session, ledger, phase));
  const loop = new TrialLoop({
    settings,
    budget,
    ledger,
    strategy: new Strategy(facts, portfolio, settings),
    runner,
    judge,
    naiveLoss: judge.loss(plan.judged, naivePredictions(made.problem, plan.judged)),
    hasRoom: () => pool.hasRoom(),
    onPhase: (now) => {
      if (now === phase) return;
      phase = now;
      tell();
    },
    onTrialEnd: tell,
  });
  tell();
  const callOffEnd = budget.atTrialsEnd(() => loop.end('time_budget'));
  const cancel = () => loop.end('cancelled');
  hooks.signal?.addEventListener('abort', cancel);
  if (hooks.signal?.aborted === true) cancel();
  let callOffTick = clock.after(progressEveryMs, function tick() {
    tell();
    callOffTick = clock.after(progressEveryMs, tick);
  });
  try {
    const stopReason = await loop.run();
    const wasEnded = stopReason === 'cancelled' || stopReason === 'time_budget';
    if (wasEnded && ledger.best === null) {
      ledger.add(naiveFallback(session, ledger.all.length + 1));
    }
    return { ledger, stopReason };
  } finally {
    callOffEnd();
    callOffTick();
    hooks.signal?.removeEventListener('abort', cancel);
  }
}

export function progressOf({ budget, judge }: Session, ledger: Ledger, phase: SearchPhase) {
  const remaining = budget.remainingMs / 1000;
  const loss = ledger.best?.loss ?? null;
  const isMinimized = judge.metric.direction === 'minimize';
  return {
    elapsedSeconds: budget.elapsedMs / 1000,
    remainingSeconds: Number.isFinite(remaining) ? Math.max(0, remaining) : null,
    trialsDone: ledger.all.length,
    bestScore: loss === null || isMinimized ? loss : -loss,
    phase,
  };
}
