// From what a client has sent to a job that can run: the definition read, and everything that it
// names found. All of it happens before anything of the job is written down.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { withOutputPlaces } from '../engine/output-uri.ts';
import { computeOf } from '../queue/compute-of.ts';
import { allSteps, workOf } from './all-steps.ts';
import { checkLabels } from './check-labels.ts';
import { checkStep } from './check-step.ts';
import { codeIdOf, completeSubmission } from './complete-submission.ts';
import { pinEnvironment } from './pin-environment.ts';
import { Problems } from './problems.ts';
import { type Definition, readDefinition } from './read-definition.ts';
import { resolvePipelineInputs, resolveStepInputs } from './resolve-inputs.ts';
import type { JobSubmission, ResolvedInputs } from './submission.ts';

export interface ResolvedSubmission extends Definition {
  /** With all that was found of it, so that it is read in the same way ever after. */
  readonly submission: JobSubmission;
  readonly resolvedInputs: ResolvedInputs;
}

/**
 * Several mistakes are told in one message, by the code JOB_DEFINITION_INVALID where their own
 * differ.
 * @throws JobError JOB_DEFINITION_INVALID, JOB_INPUT_INVALID, JOB_UPLOAD_MISSING,
 *   COMPUTE_NOT_FOUND, MODEL_NOT_FOUND
 * @throws RidgelineError for data, code, models, components, datastores and environments that are
 *   not there
 */
export async function resolveSubmission(
  workspace: Workspace,
  sent: JobSubmission,
): Promise<ResolvedSubmission> {
  const submission = await completeSubmission(workspace, sent);
  const { type, pipeline } = readDefinition(submission);
  const problems = new Problems();
  await problems.of(() => checkLabels(pipeline, submission));
  await checkDatastore(workspace, pipeline, problems);
  await checkParent(workspace, submission, problems);
  for (const step of allSteps(pipeline.steps)) {
    const placed = withOutputPlaces(step, pipeline);
    await checkStep(workspace, placed, computeOf(step, pipeline, submission), problems);
  }
  const code = await findCode(workspace, pipeline, submission, problems);
  const resolvedInputs = {
    pipeline: await resolvePipelineInputs(workspace, pipeline, submission, problems),
    steps: await resolveStepInputs(workspace, pipeline, submission, problems),
    environments: await pinEnvironments(workspace, pipeline, submission, problems),
  };
  problems.throwIfAny();
  return { type, pipeline, submission: { ...submission, code }, resolvedInputs };
}

async function pinEnvironments(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
  problems: Problems,
): Promise<Record<string, string>> {
  const named = allSteps(pipeline.steps).flatMap((step) => workOf(step)?.environment ?? []);
  const found: Array<readonly [string, string]> = [];
  for (const written of new Set(named)) {
    const pinned = await problems.of(() => pinEnvironment(workspace, written, submission));
    if (pinned !== undefined) found.push([written, pinned]);
  }
  return Object.fromEntries(found);
}

async function checkDatastore(
  { datastores }: Workspace,
  { settings }: PipelineJob,
  problems: Problems,
): Promise<void> {
  const { defaultDatastore } = settings;
  if (defaultDatastore !== null) await problems.of(() => datastores.get(defaultDatastore));
}

async function checkParent(
  { runs }: Workspace,
  { parentRunId }: JobSubmission,
  problems: Problems,
): Promise<void> {
  if (parentRunId !== undefined) await problems.of(() => runs.get(parentRunId));
}

async function findCode(
  workspace: Workspace,
  pipeline: PipelineJob,
  submission: JobSubmission,
  problems: Problems,
): Promise<Record<string, string>> {
  const named = allSteps(pipeline.steps).flatMap((step) => workOf(step)?.code ?? []);
  const found: Array<readonly [string, string]> = [];
  for (const code of new Set(named)) {
    const id = await problems.of(() => codeIdOf(workspace, submission, code));
    if (id !== undefined) found.push([code, id]);
  }
  return { ...submission.code, ...Object.fromEntries(found) };
}
