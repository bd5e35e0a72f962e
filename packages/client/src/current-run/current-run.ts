// Finds out which run this process is.

import { clientFromEnvironment, type Environment } from '../environment.ts';
import type { ActiveRun } from './active-run.ts';
import { OfflineRun } from './offline-run.ts';
import { TrackedRun } from './tracked-run.ts';

/**
 * The run that this process is a step of, by MLFLOW_RUN_ID, MLFLOW_EXPERIMENT_ID,
 * MLFLOW_EXPERIMENT_NAME and RIDGELINE_JOB_ID; without MLFLOW_RUN_ID an offline run, which
 * prints what it would log.
 * @throws ApiError CLIENT_NOT_CONFIGURED where there is a run, but no server to tell.
 */
export function currentRun(environment: Environment = process.env): ActiveRun {
  const id = environment.MLFLOW_RUN_ID;
  if (!id) return new OfflineRun();
  return new TrackedRun(clientFromEnvironment({}, environment), {
    id,
    experimentId: environment.MLFLOW_EXPERIMENT_ID ?? '0',
    experimentName: environment.MLFLOW_EXPERIMENT_NAME ?? 'Default',
    jobId: environment.RIDGELINE_JOB_ID || null,
  });
}
