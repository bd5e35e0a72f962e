// The run of a job itself, under which the runs of its steps stand. It has the job's id, so that
// it can be made after the job was written down.
import type { JobRow } from '../job/job-store.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';

/** @throws RidgelineError where the job's name or tags are none for a run */
export async function ensureRootRun({ workspace }: EngineContext, job: JobRow): Promise<void> {
  await workspace.runs.ensure(job.job_id, {
    experimentId: job.experiment_id,
    runName: job.display_name,
    startTime: job.created_at,
    tags: { ...JSON.parse(job.tags), 'ridgeline.job': job.type },
  });
}

/** As the steps have left them; none in the moment in which a job has no run yet. */
export async function rootTags(
  { workspace }: EngineContext,
  jobId: string,
): Promise<Readonly<Record<string, string>>> {
  try {
    const { data } = await workspace.runs.get(jobId);
    return Object.fromEntries(data.tags.map(({ key, value }) => [key, value]));
  } catch (error) {
    if (isRefusal(error)) return {};
    throw error;
  }
}
