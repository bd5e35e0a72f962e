// From what a client has sent to a job that can run: the definition read, and everything that it
// names found. All of it happens before anything of the job is written down.
import type { CommandStep } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import { checkLabels } from './check-labels.ts';
import { type Definition, readDefinition } from './read-definition.ts';
import { resolvePipelineInputs, resolveStepInputs } from './resolve-inputs.ts';
import type { JobSubmission, ResolvedInputs } from './submission.ts';

export interface ResolvedSubmission extends Definition {
  readonly resolvedInputs: ResolvedInputs;
}

/**
 * @throws JobError JOB_DEFINITION_INVALID, JOB_INPUT_INVALID, JOB_UPLOAD_MISSING,
 *   JOB_OUTPUT_NOT_SUPPORTED, COMPUTE_NOT_FOUND, MODEL_NOT_FOUND
 * @throws RidgelineError for data, code, models, datastores and environments that are not there
 */
export async function resolveSubmission(
  workspace: Workspace,
  submission: JobSubmission,
): Promise<ResolvedSubmission> {
  const { type, pipeline } = readDefinition(submission);
  checkLabels(pipeline, submission);
  const { defaultCompute, defaultDatastore } = pipeline.settings;
  if (defaultDatastore !== null) workspace.datastores.get(defaultDatastore);
  for (const step of pipeline.steps.values()) {
    checkCompute(step, step.compute ?? defaultCompute);
    checkOutputs(step);
    workspace.environments.assertKnown(step.environment);
    if (step.code !== null) await checkCode(workspace, submission, step.code);
  }
  return {
    type,
    pipeline,
    resolvedInputs: {
      pipeline: await resolvePipelineInputs(workspace, pipeline, submission),
      steps: await resolveStepInputs(workspace, pipeline, submission),
    },
  };
}

// The local compute is the only one so far: it needs no name, and anything else is a mistake.
function checkCompute({ name }: CommandStep, compute: string | null): void {
  if (compute === null || compute === 'local') return;
  const message = `step '${name}' asks for the compute '${compute}', which does not exist; use 'azureml:local'`;
  throw new JobError('COMPUTE_NOT_FOUND', message);
}

function checkOutputs({ name, outputs }: CommandStep): void {
  for (const [output, { path }] of outputs) {
    if (path === null) continue;
    const message =
      `output '${output}' of step '${name}' asks for the place '${path}', and outputs are kept ` +
      "with their run only; remove its 'path'";
    throw new JobError('JOB_OUTPUT_NOT_SUPPORTED', message);
  }
}

async function checkCode(
  workspace: Workspace,
  submission: JobSubmission,
  code: string,
): Promise<void> {
  const id = ownValue(submission.code, code);
  if (id === undefined) {
    throw new JobError('JOB_UPLOAD_MISSING', `the code folder '${code}' has not been uploaded`);
  }
  await workspace.code.folder(id);
}
