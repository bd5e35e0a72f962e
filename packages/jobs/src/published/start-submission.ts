// From a published pipeline and what one call gives to the submission of a job.
import { toPipeline } from '@ridgeline/azureml-yaml';
import { readJob } from '../submission/read-definition.ts';
import type { JobSubmission } from '../submission/submission.ts';
import {
  type PipelineStart,
  pipelineEndpointIdProperty,
  pipelineIdProperty,
} from './published-pipeline.ts';
import { recordStart, startProperty } from './recorded-start.ts';
import { startInputs } from './start-inputs.ts';

interface Origin {
  /** The name under which it was published: a run without a name of its own has it. */
  readonly name: string;
  readonly pipelineId: string;
  readonly pipelineEndpointId: string | null;
}

/** @throws JobError JOB_INPUT_INVALID with every mistaken input */
export function startSubmission(
  published: JobSubmission,
  start: PipelineStart,
  origin: Origin,
): JobSubmission {
  const job = readJob(published);
  const { stepTags, tags } = start;
  const steps = stepTags === undefined ? [] : [...toPipeline(job).steps.keys()];
  return {
    ...published,
    displayName: published.displayName ?? job.displayName ?? origin.name,
    ...given(start),
    inputs: startInputs(job, published, start.inputs ?? {}),
    tags: { ...published.tags, ...tags },
    properties: { ...published.properties, ...propertiesOf(start, origin) },
    ...(stepTags !== undefined && {
      stepTags: Object.fromEntries(steps.map((step) => [step, stepTags])),
    }),
  };
}

/** What a call gives takes the place of what was published; what it leaves out does not. */
function given(start: PipelineStart): Partial<JobSubmission> {
  const { experimentName, displayName, continueOnStepFailure, forceRerun } = start;
  const { runSource, parentRunId } = start;
  const all = { experimentName, displayName, continueOnStepFailure, forceRerun };
  const values = Object.entries({ ...all, runSource, parentRunId });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

const ownProperties: ReadonlySet<string> = new Set([
  pipelineIdProperty,
  pipelineEndpointIdProperty,
  startProperty,
]);

// Nobody can say of a run that it belongs to another pipeline.
function propertiesOf(
  start: PipelineStart,
  { pipelineId, pipelineEndpointId }: Omit<Origin, 'name'>,
): Readonly<Record<string, string>> {
  const given = Object.entries(start.properties ?? {}).filter(([name]) => !ownProperties.has(name));
  return {
    ...Object.fromEntries(given),
    ...recordStart(start),
    [pipelineIdProperty]: pipelineId,
    ...(pipelineEndpointId !== null && { [pipelineEndpointIdProperty]: pipelineEndpointId }),
  };
}
