// The run of a job itself, under which the runs of its steps stand. It has the job's id, so that
// it can be made after the job was written down.
import type { JobRow } from '../job/job-store.ts';
import { verdictTag } from '../job/verdict.ts';
import type { JobSubmission } from '../submission/submission.ts';
import type { EngineContext } from './engine-context.ts';

/** @throws RidgelineError where the job's name or tags are none for a run */
export async function ensureRootRun({ workspace }: EngineContext, job: JobRow): Promise<void> {
  const { runSource, parentRunId }: JobSubmission = JSON.parse(job.submission);
  await workspace.runs.ensure(job.job_id, {
    experimentId: job.experiment_id,
    runName: job.display_name,
    startTime: job.created_at,
    userId: job.submitted_by.slice(0, 250),
    ...(parentRunId !== undefined && { parentRunId }),
    tags: {
      ...JSON.parse(job.tags),
      ...(runSource !== undefined && { 'mlflow.source.name': runSource }),
      'ridgeline.job': job.type,
    },
  });
}

/** Of each job its verdict, as its steps have left it on the root run. */
export async function rootVerdicts(
  { workspace }: EngineContext,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return workspace.runs.tagValues(jobIds, verdictTag);
}
