// What is written of a job before it runs, and of one that never did.
import type { JobRun } from '@ridgeline/azure-pipelines';
import type { JobRow } from '../store/build-store.ts';
import type { EndedJob } from './run-build-job.ts';

export const canceledInQueue: EndedJob = {
  outcome: { result: 'canceled', outputs: new Map() },
  problem: null,
};

export function queuedJob(buildId: number, job: JobRun, now: number): JobRow {
  return {
    build_id: buildId,
    job_id: job.id,
    stage: job.stage,
    job: job.job.id,
    display_name: job.displayName,
    attempt: job.attempt,
    state: 'queued',
    result: null,
    mark: null,
    problem: null,
    queued_at: now,
    started_at: null,
    ended_at: null,
  };
}
