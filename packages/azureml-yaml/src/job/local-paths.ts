// The local files and folders that a job names, which a client uploads before it submits.
import { dataPathKind } from '../asset/data-path.ts';
import type { Job } from './job-types.ts';
import type { Step } from './step-types.ts';
import { toPipeline } from './to-pipeline.ts';

export interface LocalPaths {
  /** Folders of code; as written, each once, in the order of the file. */
  readonly code: string[];
  /** Files and folders of inputs; as written, each once, in the order of the file. */
  readonly data: string[];
}

/** Call it after `assignInputs`: assigned values can be local paths too. */
export function localPaths(job: Job): LocalPaths {
  const pipeline = toPipeline(job);
  const steps = allSteps(pipeline.steps);
  const code = steps.map(codeOf).filter(isLocalPath);
  const inputs = [
    ...pipeline.inputs.values(),
    ...steps.flatMap((step) => [...step.inputs.values()]),
  ];
  const data = inputs
    .map((input) => (input.kind === 'data' ? input.path : null))
    .filter(isLocalPath);
  return { code: [...new Set(code)], data: [...new Set(data)] };
}

/** With those in the bodies of loops. */
export function allSteps(steps: ReadonlyMap<string, Step>): Step[] {
  return [...steps.values()].flatMap((step) =>
    'body' in step ? [step, ...allSteps(step.body)] : [step],
  );
}

/** The code of a step that has some. */
export function codeOf(step: Step): string | null {
  if (step.type === 'command') return step.code;
  if (step.type === 'parallel') return step.task.code;
  return step.type === 'sweep' ? step.trial.code : null;
}

export function isLocalPath(path: string | null): path is string {
  return path !== null && dataPathKind(path) === 'local';
}
