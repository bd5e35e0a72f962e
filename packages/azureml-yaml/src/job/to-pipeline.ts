// A command job as a pipeline of one step, so that an engine needs to know only pipelines.
import { brokenRule } from '../schema/name-rules.ts';
import type {
  CommandJob,
  CommandStep,
  Job,
  PipelineJob,
  PipelineOutput,
  StepOutput,
} from './job-types.ts';

/** The step is named as the job where that is a valid step name, else `command`. A pipeline comes
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

function stepOf(job: CommandJob): CommandStep {
  const name =
    job.name !== null && brokenRule(job.name, 'identifier') === null ? job.name : 'command';
  const outputs = new Map<string, StepOutput>();
  for (const [output, { type, mode, path }] of job.outputs) {
    outputs.set(output, { type, mode, path, parentOutput: output });
  }
  return {
    name,
    displayName: job.displayName,
    description: job.description,
    tags: job.tags,
    command: job.command,
    code: job.code,
    environment: job.environment,
    compute: job.compute,
    environmentVariables: job.environmentVariables,
    timeoutSeconds: job.timeoutSeconds,
    inputs: new Map(
      [...job.inputs.keys()].map((input) => [
        input,
        { kind: 'parentInput', name: input, mode: null },
      ]),
    ),
    outputs,
    dependsOn: [],
  };
}
