// The jobs of a build that run or wait for an agent. It runs them; what their ends mean is not for it.
import { randomUUID } from 'node:crypto';
import { type CutOffJob, type JobRun, killMarked } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from './build-surroundings.ts';
import { cutOffJob } from './cut-off-job.ts';
import { recordDeployment } from './deployments.ts';
import { canceledInQueue } from './job-rows.ts';
import { type EndedJob, runBuildJob } from './run-build-job.ts';

interface RunningJob {
  readonly cancel: AbortController;
  mark: string | null;
}

export class RunningJobs {
  readonly #around: BuildSurroundings;
  readonly #jobs = new Map<string, RunningJob>();
  readonly #stopped = new AbortController();

  constructor(around: BuildSurroundings) {
    this.#around = around;
  }

  /** Waits for an agent where the job needs one. */
  async run(job: JobRun): Promise<EndedJob> {
    const running: RunningJob = { cancel: new AbortController(), mark: null };
    this.#jobs.set(job.id, running);
    try {
      if (!job.holdsAgent) return await this.#begin(job, running);
      const { agents } = this.#around;
      const elsewhere = await agents.run(job, this.#around, running.cancel.signal);
      return elsewhere ?? (await this.#inSlot(job, running));
    } finally {
      this.#jobs.delete(job.id);
    }
  }

  /** Of one that an earlier server of this machine began: what is to run after a failure. */
  async goOn(job: JobRun): Promise<EndedJob> {
    const running: RunningJob = { cancel: new AbortController(), mark: null };
    this.#jobs.set(job.id, running);
    try {
      const cutOff = await cutOffJob(job.id, this.#around);
      return await (job.holdsAgent
        ? this.#inSlot(job, running, cutOff)
        : this.#begin(job, running, cutOff));
    } finally {
      this.#jobs.delete(job.id);
    }
  }

  cancel(id: string): void {
    this.#jobs.get(id)?.cancel.abort();
  }

  /** Cancels all; none begins any more. */
  stop(): void {
    this.#stopped.abort();
    for (const { cancel } of this.#jobs.values()) cancel.abort();
  }

  /** What their steps have running now. */
  kill(): void {
    for (const { mark } of this.#jobs.values())
      if (mark !== null) killMarked(mark).catch(() => undefined);
  }

  async #inSlot(job: JobRun, running: RunningJob, cutOff?: CutOffJob): Promise<EndedJob> {
    const { pool } = this.#around;
    // One that was canceled meanwhile still has steps to run.
    const isFree = await pool.take(cutOff ? this.#stopped.signal : running.cancel.signal);
    if (!isFree) return canceledInQueue;
    try {
      return await this.#begin(job, running, cutOff);
    } finally {
      pool.giveBack();
    }
  }

  /** Its mark is on the disk before its first process is there. */
  async #begin(job: JobRun, running: RunningJob, cutOff?: CutOffJob): Promise<EndedJob> {
    if (this.#stopped.signal.aborted) return canceledInQueue;
    const mark = `vsts_${randomUUID()}`;
    running.mark = mark;
    await (cutOff ? this.#mark(job, mark) : this.#noteStart(job, mark));
    const options = { mark, signal: running.cancel.signal, ...(cutOff && { cutOff }) };
    return runBuildJob(job, this.#around, options);
  }

  async #noteStart(job: JobRun, mark: string): Promise<void> {
    const { store, build } = this.#around;
    const begun = { state: 'inProgress', mark, started_at: store.now() };
    await store.commit(build.build_id, [
      store.updateJob(build.build_id, job.id, begun),
      store.event(build.build_id, 'jobStarted', { job: job.id }),
    ]);
    await recordDeployment(job, this.#around, null);
  }

  async #mark(job: JobRun, mark: string): Promise<void> {
    const { store, build } = this.#around;
    await store.commit(build.build_id, [store.updateJob(build.build_id, job.id, { mark })]);
  }
}
