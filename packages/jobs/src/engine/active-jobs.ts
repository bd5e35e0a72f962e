// The jobs whose work is under way in this process: taken up, gone on with after a passing fault,
// cancelled, stopped. What the work itself is, an active job knows.
import { Resumption } from '@ridgeline/workspace';
import { hasEnded } from '../job/job.ts';
import type { StoredJob } from '../job/job-store.ts';
import { readDefinition } from '../submission/read-definition.ts';
import { ActiveJob } from './active-job.ts';
import type { EngineContext } from './engine-context.ts';
import { giveUpJob } from './give-up-job.ts';

type Report = (jobId: string, error: unknown) => void;

interface Entry {
  readonly job: ActiveJob;
  /** Never rejects: what breaks the work off is reported. */
  readonly end: Promise<void>;
}

export class ActiveJobs {
  readonly #context: EngineContext;
  readonly #report: Report;
  readonly #resumption: Resumption;
  readonly #entries = new Map<string, Entry>();
  #stopped = false;

  constructor(context: EngineContext, report: Report) {
    this.#context = context;
    this.#report = report;
    this.#resumption = new Resumption({
      firstPauseMs: context.limits.resumePauseMs,
      resume: (jobId) => this.#resume(jobId),
      report,
    });
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  // Never fails: the job is written down, and what breaks its work is not the caller's mistake.
  async takeUp(stored: StoredJob): Promise<void> {
    if (this.#stopped) return;
    const { job_id: jobId, submission } = stored.job;
    let job: ActiveJob;
    try {
      const { pipeline } = readDefinition(JSON.parse(submission));
      job = new ActiveJob(this.#context, stored, pipeline);
    } catch (error) {
      // Another version of the server has accepted what this one does not read.
      return giveUpJob(this.#context, stored, error).catch((each) => this.#report(jobId, each));
    }
    const end = job.ended().finally(() => this.#entries.delete(jobId));
    const settled = end.then(
      () => this.#resumption.forget(jobId),
      (error: unknown) => this.#resumption.note(jobId, error),
    );
    this.#entries.set(jobId, { job, end: settled });
    await job.begin();
  }

  /** False where the job is not under way here. */
  async cancel(jobId: string, reason: string | null, sparedRunId: string | null): Promise<boolean> {
    const entry = this.#entries.get(jobId);
    await entry?.job.cancel(reason, sparedRunId);
    return entry !== undefined;
  }

  /** Resolves when it is no longer under way. */
  async ended(jobId: string): Promise<void> {
    await this.#entries.get(jobId)?.end;
  }

  /** Stops the steps that run; their jobs go on at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { job } of this.#entries.values()) job.halt();
    await this.#resumption.stop();
    await Promise.all([...this.#entries.values()].map(({ end }) => end));
  }

  async #resume(jobId: string): Promise<void> {
    const stored = await this.#context.store.find(jobId);
    if (stored === null || hasEnded(stored.job.status)) return;
    await this.takeUp(stored);
    // What was asked for after the first look and before it went on.
    const now = (await this.#context.store.find(jobId))?.job;
    if (now?.cancel_requested !== 1) return;
    await this.cancel(jobId, now.cancel_reason, now.cancel_spared_run_id);
  }
}
