// The environment variables of a step. The server's own are not passed on, as they may hold its
// secrets: a step gets what programs need everywhere, its run, and what its definition names.
import { compileCacheVariable } from '@ridgeline/workspace';

/** What of the server's own variables every program needs. */
export const passedOn = [
  'HOME',
  'LANG',
  'LC_ALL',
  'LOGNAME',
  'NODE_COMPILE_CACHE',
  'PATH',
  'SHELL',
  'TMPDIR',
  'TZ',
  'USER',
];

export interface StepIdentity {
  readonly jobId: string;
  readonly stepName: string;
  readonly runId: string;
  /** Of the attempt, from 1. */
  readonly number: number;
  readonly experimentId: string;
  readonly experimentName: string;
  /** Ends with the step. */
  readonly token: string;
  readonly trackingUrl: string;
}

export function stepEnvironment(
  step: StepIdentity,
  fromEnvironment: Readonly<Record<string, string>>,
  fromDefinition: ReadonlyMap<string, string>,
): Record<string, string> {
  return {
    ...compileCacheVariable(),
    ...serverVariables(),
    ...fromEnvironment,
    ...Object.fromEntries(fromDefinition),
    MLFLOW_TRACKING_URI: step.trackingUrl,
    MLFLOW_TRACKING_TOKEN: step.token,
    MLFLOW_RUN_ID: step.runId,
    MLFLOW_EXPERIMENT_ID: step.experimentId,
    MLFLOW_EXPERIMENT_NAME: step.experimentName,
    RIDGELINE_JOB_ID: step.jobId,
    RIDGELINE_STEP_NAME: step.stepName,
    RIDGELINE_ATTEMPT: String(step.number),
  };
}

function serverVariables(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
