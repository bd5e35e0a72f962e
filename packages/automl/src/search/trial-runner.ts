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
import type { Trial } from './trial.ts';

export interface TrialRequest {
  readonly number: number;
  readonly candidate: Candidate;
  /** Null for all training rows. */
  readonly sampleRows: number | null;
  /** Whether the losses of the first folds are so bad that the rest is not worth its time. */
  readonly isHopeless: (foldLosses: readonly number[]) => boolean;
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
}

/** Folds that are fitted before the others are thought worth it. */
const probedFolds = 2;
/** Milliseconds that a fit has to end after it was asked to. */
const graceMs = 400;

export class TrialRunner {
  readonly #around: Surroundings;
  readonly #running = new Set<number>();
  #lastTask = 0;
  #isEnded = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  async run(request: TrialRequest): Promise<Evaluated> {
    const { clock, hooks } = this.#around;
    const started = this.#startedTrial(request, new Date(clock.now()).toISOString());
    hooks.onTrialStart?.(started);
    const evaluated = await this.#evaluate(request, started).catch((error) => {
      return failed(request, started, error);
    });
    const endedAt = new Date(clock.now()).toISOString();
    const trial = { ...evaluated.trial, endedAt };
    hooks.onTrialEnd?.(trial);
    return { ...evaluated, trial };
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
    const probed = await this.#fitFolds(request, folds.slice(0, probedFolds));
    const losses = probed.map((result, i) => judge.loss(plan.folds[i].valid, result.predictions));
    if (folds.length > probedFolds && request.isHopeless(losses)) {
      throw new TaskError('stopped early: far behind the best after its first folds', true);
    }
    const rest = await this.#fitFolds(request, folds.slice(probedFolds));
    return judgeFolds(this.#around, request, trial, [...probed, ...rest]);
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

  async #fitFold({ candidate, sampleRows, number }: TrialRequest, fold: number): Promise<FitResult> {
    const { pool, plan, costs, seed, trialTimeoutMs, clock } = this.#around;
    if (this.#isEnded) throw new TaskError('the search ended', true);
    const id = ++this.#lastTask;
    this.#running.add(id);
    const callOff =
      trialTimeoutMs === null ? null : clock.after(trialTimeoutMs, () => this.#endSoon([id]));
    try {
      const task = { kind: 'fit', id, fold, sampleRows, seed: mixSeed(seed, number, fold) } as const;
      const { learner, parameters } = candidate;
      const result = await pool.run({ ...task, learner, parameters });
      const rows = Math.min(sampleRows ?? Number.POSITIVE_INFINITY, plan.folds[fold].train.length);
      if (!result.wasCut) costs.learn(candidate, rows, result.fitMs + result.predictMs);
      return result;
    } finally {
      callOff?.();
      this.#running.delete(id);
    }
  }

  #endSoon(ids: readonly number[]): void {
    const { pool, clock } = this.#around;
    for (const id of ids) pool.stop(id);
    clock.after(graceMs, () => {
      for (const id of ids) pool.kill(id);
    });
  }

  #startedTrial({ number, candidate, sampleRows }: TrialRequest, startedAt: string): Trial {
    const { train } = this.#around.plan.folds[0];
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
      sampleRows: Math.min(sampleRows ?? train.length, train.length),
      error: null,
      startedAt,
      endedAt: null,
    };
  }
}

function failed({ candidate }: TrialRequest, trial: Trial, error: unknown): Evaluated {
  const message = error instanceof Error ? error.message : String(error);
  const wasStopped = error instanceof TaskError && error.wasStopped;
  return {
    trial: { ...trial, state: wasStopped ? 'stopped' : 'failed', error: message },
    candidate,
    loss: Number.POSITIVE_INFINITY,
    predictions: null,
    models: null,
    iterations: null,
    fitMs: 0,
  };
}
