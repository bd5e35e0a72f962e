// Tells the environment of what is deployed to it. All hooks of a job are one deployment; it has
// ended when one of them fails, or with the last one that it runs.
import { isSuccess, type JobRun, type Result, resultName } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from './build-surroundings.ts';

/** `result`: null when the job begins. */
export async function recordDeployment(
  job: JobRun,
  { assets, build }: BuildSurroundings,
  result: Result | null,
): Promise<void> {
  const { environment, hook } = job;
  if (environment === undefined) return;
  const isPart = hook !== undefined && !endsDeployment(hook.name);
  // Of a hook that went well, more follows; that the job is canceled in between is its own end.
  const isOver = result !== null && (!isPart || !isSuccess(result));
  await assets.recordDeployment(environment.name, {
    buildId: build.build_id,
    buildNumber: build.build_number,
    pipeline: build.pipeline_name,
    commit: build.commit_id,
    stage: job.stage,
    job: job.job.id,
    attempt: job.attempt,
    requestedBy: build.requested_by,
    status: isOver && result !== null ? resultName(result) : 'InProgress',
  });
}

function endsDeployment(hook: string): boolean {
  return hook === 'deploy' || hook === 'postRouteTraffic' || hook === 'onSuccess';
}
