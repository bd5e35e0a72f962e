// The conda files of environments that stand within a job, which a client sends with it.
import { readInlineEnvironment } from '../environment/inline-environment.ts';
import type { Job } from './job-types.ts';
import { allSteps, isLocalPath } from './local-paths.ts';
import type { Step } from './step-types.ts';
import { toPipeline } from './to-pipeline.ts';

/** From where the job's file stands, each once, in the order of the file. */
export function localCondaFiles(job: Job): string[] {
  return condaFilesOf(allSteps(toPipeline(job).steps).map(environmentOf));
}

/** Those of registered components are nowhere on this machine. */
export function condaFilesOf(environments: readonly (string | null)[]): string[] {
  const paths = environments.map((environment) => {
    const { condaFile } = (environment !== null && readInlineEnvironment(environment)) || {};
    return condaFile?.kind === 'file' ? condaFile.path : null;
  });
  return [...new Set(paths.filter(isLocalPath))];
}

/** What a step runs in, where it runs something itself. */
export function environmentOf(step: Step): string | null {
  if (step.type === 'command') return step.environment;
  if (step.type === 'parallel') return step.task.environment;
  return step.type === 'sweep' ? step.trial.environment : null;
}
