// A job on its own as a pipeline of one step, so that an engine needs to know only pipelines.
import { brokenRule } from '../schema/name-rules.ts';
import type { Job, PipelineJob, WorkJob } from './job-types.ts';
import type { PipelineOutput, StepInput, StepOutput } from './port-types.ts';
import type { Step } from './step-types.ts';

/** The step is named as the job where that is a valid step name, else as its type. A pipeline comes
 * back as it is. */
export function toPipeline(job: Job): PipelineJob {
  if (job.type === 'pipeline') return job;
  const step = stepOf(job);
  const outputs = new Map<string, PipelineOutput>();
  for (const [name, output] of job.outputs) {
    outputs.set(name, { ...output, producer: { step: step.name, output: name } });
  }
  return {
    type: 'pipeline',
    name: job.name,
    displayName: job.displayName,
    experimentName: job.experimentName,
    description: job.description,
    tags: job.tags,
    properties: job.properties,
    declaredAt: job.declaredAt,
    settings: {
      defaultCompute: null,
      defaultDatastore: null,
      continueOnStepFailure: false,
      forceRerun: false,
    },
    inputs: job.inputs,
    outputs,
    steps: new Map([[step.name, step]]),
  };
}

function stepOf(job: WorkJob): Step {
  // What belongs to the job alone stays out of the step.
  const { experimentName: _experiment, declaredAt: _place, ...work } = job;
  const isName = job.name !== null && brokenRule(job.name, 'identifier') === null;
  return {
    ...work,
    name: isName && job.name !== null ? job.name : job.type,
    inputs: new Map([...job.inputs.keys()].map((name) => [name, parentInput(name)])),
    outputs: new Map([...job.outputs].map(([name, output]) => [name, stepOutput(name, output)])),
    dependsOn: [],
    when: null,
  };
}

function parentInput(name: string): StepInput {
  return { kind: 'parentInput', name, mode: null };
}

function stepOutput(name: string, { type, mode, path, register }: PipelineOutput): StepOutput {
  return { type, mode, path, register, isControl: false, parentOutput: name };
}
