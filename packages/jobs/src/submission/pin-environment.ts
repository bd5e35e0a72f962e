// What a step of a job runs in, with its version. An environment that stands in the definition itself
// is registered by its content.
import {
  type CondaFile,
  formatDiagnostic,
  parseCondaFile,
  readInlineEnvironment,
} from '@ridgeline/azureml-yaml';
import type { EnvironmentDefinition, Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import type { JobSubmission } from './submission.ts';

/**
 * @param written as the step has it.
 * @returns its reference
 * @throws JobError JOB_UPLOAD_MISSING, JOB_DEFINITION_INVALID
 * @throws RidgelineError ENVIRONMENT_NOT_FOUND, ENVIRONMENT_INVALID, ENVIRONMENT_LIMIT_REACHED
 */
export async function pinEnvironment(
  { environments }: Workspace,
  written: string,
  submission: JobSubmission,
): Promise<string> {
  const inline = readInlineEnvironment(written);
  if (inline === null) return (await environments.resolve(written)).reference;
  const { image, condaFile } = inline;
  if (condaFile === null) throw imageOnly(image ?? '');
  return environments.createAnonymous({ image, condaFile: readConda(condaFile, submission) });
}

function readConda(
  file: CondaFile,
  { condaFiles = {} }: JobSubmission,
): NonNullable<EnvironmentDefinition['condaFile']> {
  if (file.kind === 'inline') return asConda(file.data);
  const text = ownValue(condaFiles, file.path);
  if (text === undefined) {
    const message = `the conda file '${file.path}' was not sent with the job; submit it with 'ridgeline job create', which sends it, or write its content under 'conda_file'`;
    throw new JobError('JOB_UPLOAD_MISSING', message);
  }
  const { condaFile, diagnostics } = parseCondaFile(text, { fileName: file.path });
  if (condaFile !== null) return asConda(condaFile);
  throw new JobError('JOB_DEFINITION_INVALID', diagnostics.map(formatDiagnostic).join('\n'));
}

/** The workspace checks what stands in it, as it must for anyone. */
function asConda(data: object): NonNullable<EnvironmentDefinition['condaFile']> {
  return data as NonNullable<EnvironmentDefinition['condaFile']>;
}

/** Told here and not by the step: nothing of it could run. */
function imageOnly(image: string): JobError {
  const message =
    `an environment of the job is the container image '${image}' alone, and steps run as processes of ` +
    "this machine, in no container; add a 'conda_file' with what the step needs, such as 'conda_file: " +
    "{dependencies: [python=3.11, pip, {pip: [pandas]}]}' (the image is then ignored), or remove the " +
    'environment: the step then has Node and what is installed on this machine';
  return new JobError('JOB_DEFINITION_INVALID', message);
}
