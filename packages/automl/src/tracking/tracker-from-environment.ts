// The tracker of the step that this process is, by the variables that a step is given.
import { AutoMLError } from '../errors.ts';
import { MlflowTracker, type MlflowTrackerOptions } from './mlflow-tracker.ts';
import { RunApi } from './run-api.ts';
import { noTracker, type RunTracker } from './run-tracker.ts';
import { TrackingHttp } from './tracking-http.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type TrackingOfSearch = Pick<
  MlflowTrackerOptions,
  'primaryMetric' | 'isBetter' | 'onFailure' | 'now'
>;

/**
 * Without MLFLOW_RUN_ID there is nothing to write to.
 * @throws AutoMLError TRACKING_REFUSED where there is a run, but no server to tell
 */
export function trackerFromEnvironment(
  search: TrackingOfSearch,
  environment: Environment = process.env,
): RunTracker {
  const { MLFLOW_RUN_ID: runId, MLFLOW_EXPERIMENT_ID: experimentId = '0' } = environment;
  if (!runId) return noTracker;
  const { MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token } = environment;
  if (!url || !token) {
    const message =
      'MLFLOW_RUN_ID is set, and MLFLOW_TRACKING_URI or MLFLOW_TRACKING_TOKEN is not; a job sets all three';
    throw new AutoMLError('TRACKING_REFUSED', message);
  }
  const runs = new RunApi(new TrackingHttp({ url, token }));
  const jobRunId = environment.RIDGELINE_JOB_ID || runId;
  return new MlflowTracker({ ...search, runs, experimentId, runId, jobRunId });
}
