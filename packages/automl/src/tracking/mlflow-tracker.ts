// Tells an MLflow server of a search while it runs. Calls are made one after the other; the first
// that fails for good is kept, ends what follows, and is thrown where the search waits for the end.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SearchOutcome } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';
import { outcomeBatch } from './outcome-log.ts';
import type { LoggedMetric, RunApi } from './run-api.ts';
import type { RunTracker, TextFiles } from './run-tracker.ts';
import { trialBatch, trialName, trialTags } from './trial-log.ts';

export interface MlflowTrackerOptions {
  readonly runs: RunApi;
  readonly experimentId: string;
  /** The step's own run. */
  readonly runId: string;
  /** The root run of the job; the same as `runId` where there is no other. */
  readonly jobRunId: string;
  /** The metric of which the best so far is logged as it goes. */
  readonly primaryMetric: string;
  readonly isBetter: (score: number, best: number) => boolean;
  /** Called once, with the first error. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

export class MlflowTracker implements RunTracker {
  readonly runId: string;
  readonly #options: MlflowTrackerOptions;
  /** By the trial's number. */
  readonly #trialRuns = new Map<number, string>();
  readonly #open = new Set<string>();
  #pending: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | null = null;
  #best: number | null = null;
  #bestStep = 0;

  constructor(options: MlflowTrackerOptions) {
    this.#options = options;
    this.runId = options.runId;
  }

  trialStarted(trial: Trial): void {
    this.#then(() => this.#begin(trial));
  }

  trialEnded(trial: Trial): void {
    const timestamp = this.#options.now();
    this.#then(async () => {
      const runId = this.#trialRuns.get(trial.number) ?? (await this.#begin(trial));
      await this.#options.runs.log(runId, trialBatch(trial, timestamp));
      await this.#options.runs.end(runId, statusOf(trial), endTimeOf(trial, timestamp));
      this.#open.delete(runId);
      await this.#noteBest(trial, timestamp);
    });
  }

  async trialRunId(trial: Trial): Promise<string | null> {
    await this.#settled();
    return this.#trialRuns.get(trial.number) ?? null;
  }

  async finish(result: SearchOutcome, files: TextFiles): Promise<void> {
    const { runs, runId, jobRunId, now } = this.#options;
    const bestRunId = await this.trialRunId(result.best);
    const batch = outcomeBatch(result, { bestRunId, step: this.#bestStep + 1, timestamp: now() });
    await runs.log(runId, batch);
    if (jobRunId !== runId) {
      await runs.log(jobRunId, batch.metrics === undefined ? {} : { metrics: batch.metrics });
    }
    for (const [place, text] of files) await runs.keepText(runId, text, place);
  }

  async keepFolder(folder: string, artifactFolder: string): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const place = path.relative(folder, file).split(path.sep).join('/');
      await this.#options.runs.keepFile(this.runId, file, `${artifactFolder}/${place}`);
    }
  }

  async abandon(): Promise<void> {
    await this.#pending;
    const { runs, now } = this.#options;
    for (const runId of this.#open) {
      // What has failed is told already; this is the last that can be done.
      await runs.end(runId, 'KILLED', now()).catch(() => {});
    }
    this.#open.clear();
  }

  async #begin(trial: Trial): Promise<string> {
    const { runs, experimentId, runId: parentRunId } = this.#options;
    const startTime = Date.parse(trial.startedAt);
    const run = { experimentId, parentRunId, name: trialName(trial), startTime };
    const runId = await runs.create({ ...run, tags: trialTags(trial) });
    this.#trialRuns.set(trial.number, runId);
    this.#open.add(runId);
    return runId;
  }

  /** The best so far, as the metric's own history on the step's run. */
  async #noteBest({ score, state }: Trial, timestamp: number): Promise<void> {
    if (score === null || state !== 'completed') return;
    this.#bestStep += 1;
    const { isBetter, primaryMetric, runs } = this.#options;
    if (this.#best !== null && !isBetter(score, this.#best)) return;
    this.#best = score;
    const metric: LoggedMetric = {
      key: primaryMetric,
      value: score,
      step: this.#bestStep,
      timestamp,
    };
    await runs.log(this.runId, { metrics: [metric] });
  }

  #then(work: () => Promise<unknown>): void {
    this.#pending = this.#pending.then(async () => {
      if (this.#failure !== null) return;
      try {
        await work();
      } catch (error) {
        this.#failure = { error };
        this.#options.onFailure(error);
      }
    });
  }

  async #settled(): Promise<void> {
    await this.#pending;
    if (this.#failure !== null) throw this.#failure.error;
  }
}

function statusOf({ state }: Trial): 'FINISHED' | 'FAILED' | 'KILLED' {
  if (state === 'completed') return 'FINISHED';
  return state === 'failed' ? 'FAILED' : 'KILLED';
}

function endTimeOf({ endedAt }: Trial, now: number): number {
  return endedAt === null ? now : Date.parse(endedAt);
}
