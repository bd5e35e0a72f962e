// From what a client has sent to a job that can run: the definition read, and everything that it
// names found. All of it happens before anything of the job is written down.
import {
  assignInputs,
  type Diagnostic,
  formatDiagnostic,
  type PipelineJob,
  parseJob,
  toPipeline,
} from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { resolvePipelineInputs, resolveStepInputs } from './resolve-inputs.ts';
import type { JobSubmission, ResolvedInputs } from './submission.ts';

export interface ResolvedSubmission {
  readonly type: 'pipeline' | 'command';
  readonly pipeline: PipelineJob;
  readonly resolvedInputs: ResolvedInputs;
}

/** @throws JobError JOB_DEFINITION_INVALID, JOB_INPUT_INVALID, JOB_UPLOAD_MISSING, COMPUTE_NOT_FOUND, or the workspace's errors */
export async function resolveSubmission(
  workspace: Workspace,
  submission: JobSubmission,
): Promise<ResolvedSubmission> {
  const { type, pipeline } = readDefinition(submission);
  for (const step of pipeline.steps.values()) {
    assertCompute(step.compute ?? pipeline.settings.defaultCompute, step.name);
    workspace.environments.assertKnown(step.environment);
    if (step.code !== null) await assertCode(workspace, submission, step.code);
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

/** The definition of a submission with the submission's own input values. Pure, so that it can be read again. */
export function readDefinition(submission: JobSubmission): {
  readonly type: 'pipeline' | 'command';
  readonly pipeline: PipelineJob;
} {
  const { job, diagnostics } = parseJob(submission.definition, { fileName: submission.fileName });
  if (job === null) throw definitionInvalid(diagnostics);
  const assigned = assignInputs(job, submission.inputs ?? {});
  const mistakes = assigned.diagnostics.filter(({ severity }) => severity === 'error');
  if (mistakes.length > 0) {
    throw new JobError('JOB_INPUT_INVALID', mistakes.map(({ message }) => message).join('\n'));
  }
  const { type } = assigned.job;
  return { type, pipeline: type === 'command' ? toPipeline(assigned.job) : assigned.job };
}

function definitionInvalid(diagnostics: readonly Diagnostic[]): JobError {
  const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
  return new JobError('JOB_DEFINITION_INVALID', mistakes.map(formatDiagnostic).join('\n'));
}

// The local compute is the only one so far: it needs no name, and anything else is a mistake.
function assertCompute(compute: string | null, stepName: string): void {
  if (compute === null || compute === 'local') return;
  throw new JobError(
    'COMPUTE_NOT_FOUND',
    `step '${stepName}' asks for the compute '${compute}', which does not exist; use 'azureml:local'`,
  );
}

async function assertCode(
  workspace: Workspace,
  submission: JobSubmission,
  code: string,
): Promise<void> {
  const id = submission.code[code];
  if (id === undefined) {
    throw new JobError('JOB_UPLOAD_MISSING', `the code folder '${code}' has not been uploaded`);
  }
  await workspace.code.folder(id);
}
