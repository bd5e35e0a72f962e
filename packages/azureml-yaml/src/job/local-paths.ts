// The local files and folders that a job names, which a client uploads before it submits.
import { dataPathKind } from '../asset/data-path.ts';
import type { Job } from './job-types.ts';
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
  const steps = [...pipeline.steps.values()];
  const code = steps.flatMap((step) => (step.code === null ? [] : [step.code]));
  const inputs = [
    ...pipeline.inputs.values(),
    ...steps.flatMap((step) => [...step.inputs.values()]),
  ];
  const data = inputs.flatMap((input) =>
    input.kind === 'data' && input.path !== null && dataPathKind(input.path) === 'local'
      ? [input.path]
      : [],
  );
  return { code: [...new Set(code)], data: [...new Set(data)] };
}
