// System.AccessToken of one job: what its steps may call the server with, for as long as they run.
import type { JobRun } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings, JobToken } from './build-surroundings.ts';

/** Undefined where the server gives none. */
export async function tokenOf(
  job: JobRun,
  { build, issueToken }: BuildSurroundings,
): Promise<JobToken | undefined> {
  const { build_id: id, pipeline_name: pipeline } = build;
  return issueToken?.({ buildId: String(id), pipeline, job: job.identifier });
}

export function withToken(job: JobRun, token: JobToken | undefined): JobRun {
  if (token === undefined) return job;
  const value = { value: token.value, secret: true, readonly: true };
  return { ...job, variables: new Map(job.variables).set('System.AccessToken', value) };
}
