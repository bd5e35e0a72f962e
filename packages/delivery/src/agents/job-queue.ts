// Jobs that wait for an agent of their pool, in the order in which they came.
import type { JobRun } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from '../builds/run/build-surroundings.ts';
import type { EndedJob } from '../builds/run/run-build-job.ts';

export interface WaitingJob {
  readonly job: JobRun;
  readonly around: BuildSurroundings;
  /** As the job names it, in lower case. */
  readonly pool: string;
  readonly signal: AbortSignal;
  /** Undefined: no agent is to run it any more, but this machine. */
  readonly settle: (ended: EndedJob | undefined) => void;
  /** For what is wrong with us or the disk. */
  readonly fail: (error: unknown) => void;
}

export class JobQueue {
  #jobs: readonly WaitingJob[] = [];

  get all(): readonly WaitingJob[] {
    return this.#jobs;
  }

  add(job: WaitingJob): void {
    this.#jobs = [...this.#jobs, job];
  }

  /** One that was taken and never begun has waited longer than all others. */
  addFirst(job: WaitingJob): void {
    this.#jobs = [job, ...this.#jobs];
  }

  /** False where it waits no more. */
  remove(job: WaitingJob): boolean {
    const left = this.#jobs.filter((each) => each !== job);
    const wasThere = left.length < this.#jobs.length;
    this.#jobs = left;
    return wasThere;
  }

  find(buildId: number, jobId: string): WaitingJob | undefined {
    return this.#jobs.find(
      ({ job, around }) => job.id === jobId && around.build.build_id === buildId,
    );
  }

  ofPool(pool: string): readonly WaitingJob[] {
    return this.#jobs.filter((job) => job.pool === pool);
  }
}
