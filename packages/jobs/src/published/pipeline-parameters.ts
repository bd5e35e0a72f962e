// The inputs of a job as the parameters of a published pipeline, and values that stand in for those
// that only a start will give.
import type { Job, LiteralValue, PipelineInput } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import type { JobSubmission } from '../submission/submission.ts';
import type { PipelineParameter } from './published-pipeline.ts';

/** @param submission its own input values are the defaults, over those of the definition. */
export function pipelineParameters(
  job: Job,
  { inputs = {} }: JobSubmission,
): readonly PipelineParameter[] {
  return [...job.inputs].map(([name, input]) => {
    const value = ownValue(inputs, name) ?? defaultOf(input);
    return {
      name,
      type: input.type,
      default: value,
      required: value === null && !input.optional,
      description: input.description,
    };
  });
}

function defaultOf(input: PipelineInput): LiteralValue | null {
  return input.kind === 'data' ? input.path : input.value;
}

/**
 * Values for the inputs that have none, so that all else of the pipeline can be checked before it is
 * published. Data cannot be stood in for: nobody could say whether the steps would find it.
 * @throws JobError PIPELINE_INVALID
 */
export function standIns(
  job: Job,
  parameters: readonly PipelineParameter[],
): Readonly<Record<string, LiteralValue>> {
  const required = parameters.filter((parameter) => parameter.required);
  const values = required.map(({ name, type }) => {
    const input = job.inputs.get(name);
    if (input?.kind === 'literal') return [name, standIn(input)] as const;
    const message =
      `input '${name}' (${type}) has no path, and a published pipeline needs one for its data: ` +
      "write a default such as 'path: azureml:NAME@latest'; each start may name another";
    throw new JobError('PIPELINE_INVALID', message);
  });
  return Object.fromEntries(values);
}

function standIn(input: Extract<PipelineInput, { kind: 'literal' }>): LiteralValue {
  const [first] = input.allowed ?? [];
  if (first !== undefined) return first;
  if (input.type === 'string') return 'value';
  return input.type === 'boolean' ? false : numberWithin(input.minimum, input.maximum);
}

function numberWithin(minimum: number | null, maximum: number | null): number {
  return minimum === null ? Math.min(0, maximum ?? 0) : Math.ceil(minimum);
}
