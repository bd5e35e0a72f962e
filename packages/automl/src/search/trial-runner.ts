// Runs one trial: a fit a fold in the pool, judged together. Tells the hooks of its start and end, and
// never throws for what a fit does: a failed fit is a failed trial with its reason.
import type { Judge } from '../evaluation/judge.ts';
import type { Plan } from '../evaluation/plan.ts';
import { mixSeed } from '../evaluation/random-rows.ts';
import type { Candidate } from '../learners/learner.ts';
import type { FitResult } from '../pool/messages.ts';
import { TaskError, type WorkerPool } from '../pool/worker-pool.ts';
import type { CostModel } from './cost-model.ts';
import type { Evaluated } from './evaluated.ts';
import { judgeFolds } from './judge-folds.ts';
import type { Clock, SearchHooks } from './search-types.ts';
import { startedTrial } from './started-trial.ts';
import type { Trial } from './trial.ts';

export interface TrialRequest {
  readonly number: number;
  readonly candidate: Candidate;
  /** Null for all training rows. */
  readonly sampleRows: number | null;
  /** Whether the losses of the first folds are so bad that the rest is not worth its time; null: no. */
  readonly isHopeless: ((foldLosses: readonly number[]) => boolean) | null;
}

interface Surroundings {
  readonly pool: WorkerPool;
  readonly plan: Plan;
  readonly judge: Judge;
  readonly costs: CostModel;
  readonly hooks: SearchHooks;
  readonly clock: Clock;
  readonly seed: number;
  readonly trialTimeoutMs: number | null;
  readonly budgetMs: number | null;
}

/** Folds that are fitted before the others are thought worth it. */
const probedFolds = 2;
/** Milliseconds that a fit has to end after it was asked to, predict and hand over its model. */
const leastGraceMs = 300;
const graceShare = 0.03;

export class TrialRunner {
  readonly #around: Surroundings;
  readonly #running = new Set<number>();
  /** Predicted milliseconds of the fits that wait or run. */
  #backlogMs = 0;
  #lastTask = 0;
  #isEnded = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  async run(request: TrialRequest): Promise<Evaluated> {
    const { clock, hooks, plan } = this.#around;
    const started = startedTrial(request, plan, new Date(clock.now()).toISOString());
    hooks.onTrialStart?.(started);
    const evaluated = await this.#evaluate(request, started).catch((error) => {
      return failed(request, started, error);
    });
    const endedAt = new Date(clock.now()).toISOString();
    const trial = { ...evaluated.trial, endedAt };
    hooks.onTrialEnd?.(trial);
    return { ...evaluated, trial };
  }

  /** Milliseconds until the pool is through with a trial that would start now. */
  predictMs(candidate: Candidate, sampleRows: number | null): number {
    const { pool, plan, costs } = this.#around;
    const all = plan.folds.reduce((sum, { train }) => {
      return sum + costs.predictMs(candidate, Math.min(sampleRows ?? train.length, train.length));
    }, 0);
    const one = costs.predictMs(candidate, sampleRows ?? plan.folds[0].train.length);
    return Math.max(one, (all + this.#backlogMs) / pool.size);
  }

  /** Asks all running fits to end; those that do not are ended with their workers. */
  endAll(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#endSoon([...this.#running]);
  }

  async #evaluate(request: TrialRequest, trial: Trial): Promise<Evaluated> {
    const { plan, judge } = this.#around;
    const folds = plan.folds.map((_, fold) => fold);
    const { isHopeless } = request;
    const probedCount = isHopeless === null ? folds.length : probedFolds;
    const probed = await this.#fitFolds(request, folds.slice(0, probedCount));
    const losses = probed.map((result, i) => judge.loss(plan.folds[i].valid, result.predictions));
    if (folds.length > probedCount && isHopeless?.(losses) === true) {
      throw new TaskError('stopped early: far behind the best after its first folds', true);
    }
    const rest = await this.#fitFolds(request, folds.slice(probedCount));
    return judgeFolds(this.#around, request.candidate, trial, [...probed, ...rest]);
  }

  async #fitFolds(request: TrialRequest, folds: readonly number[]): Promise<readonly FitResult[]> {
    const tasks = folds.map((fold) => this.#fitFold(request, fold));
    const results = await Promise.allSettled(tasks);
    const values: FitResult[] = [];
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      values.push(result.value);
    }
    return values;
  }

  async #fitFold(
    { candidate, sampleRows, number }: TrialRequest,
    fold: number,
  ): Promise<FitResult> {
    const { pool, plan, costs, seed, trialTimeoutMs, clock } = this.#around;
    if (this.#isEnded) throw new TaskError('the search ended', true);
    const rows = Math.min(sampleRows ?? Number.POSITIVE_INFINITY, plan.folds[fold].train.length);
    const predictedMs = costs.predictMs(candidate, rows);
    const id = ++this.#lastTask;
    this.#running.add(id);
    this.#backlogMs += predictedMs;
    const callOff =
      trialTimeoutMs === null ? null : clock.after(trialTimeoutMs, () => this.#endSoon([id]));
    try {
      const task = {
        kind: 'fit',
        id,
        fold,
        sampleRows,
        seed: mixSeed(seed, number, fold),
      } as const;
      const { learner, parameters } = candidate;
      const result = await pool.run({ ...task, learner, parameters });
      if (!result.wasCut) costs.learn(candidate, rows, result.fitMs + result.predictMs);
      return result;
    } finally {
      callOff?.();
      this.#running.delete(id);
      this.#backlogMs -= predictedMs;
    }
  }

  #endSoon(ids: readonly number[]): void {
    const { pool, clock, budgetMs } = this.#around;
    for (const id of ids) pool.stop(id);
    clock.after(Math.max(leastGraceMs, graceShare * (budgetMs ?? 0)), () => {
      for (const id of ids) pool.kill(id);
    });
  }
}

function failed({ candidate }: TrialRequest, trial: Trial, error: unknown): Evaluated {
  const message = error instanceof Error ? error.message : String(error);
  const wasStopped = error instanceof TaskError && error.wasStopped;
  return {
    trial: { ...trial, state: wasStopped ? 'stopped' : 'failed', error: message },
    candidate,
    loss: Number.POSITIVE_INFINITY,
    foldLosses: [],
    predictions: null,
    models: null,
    iterations: null,
    fitMs: 0,
  };
}
