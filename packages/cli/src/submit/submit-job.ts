// A job's YAML file as a job on the server: checked here, so that every mistake shows with its line
// before anything is uploaded, then sent with what it names.
import path from 'node:path';
import {
  assignInputs,
  type Job as DefinedJob,
  formatDiagnostic,
  localCondaFiles,
  localPaths,
  type ParsedJob,
  parseJob,
} from '@ridgeline/azureml-yaml';
import type { InputValue, Job, JobSubmission, RidgelineClient } from '@ridgeline/client';
import { parseWithComponents } from '../create/component-files.ts';
import { CliError } from '../errors.ts';
import { sourceTags } from '../git/source-tags.ts';
import { printNote } from '../output/print.ts';
import { readCondaFiles } from './read-conda-files.ts';
import { readTextFile } from './read-text-file.ts';
import { uploadCode } from './upload-code.ts';
import { uploadData } from './upload-data.ts';

export interface JobOptions {
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  /** All steps run, whatever earlier jobs have done. */
  readonly forceRerun?: boolean | undefined;
  readonly continueOnStepFailure?: boolean | undefined;
  /** For the steps that name none. */
  readonly defaultCompute?: string | undefined;
  /** Inputs may be left without a value: whoever starts the job later gives it. Default false. */
  readonly mayLackValues?: boolean;
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID, and what the server refuses */
export async function submitJobFile(
  client: RidgelineClient,
  file: string,
  options: JobOptions = {},
): Promise<Job> {
  return submitJob(client, await readTextFile(file), file, options);
}

/** @param file where the definition comes from: its local paths are relative to that file's folder. */
export async function submitJob(
  client: RidgelineClient,
  definition: string,
  file: string,
  options: JobOptions = {},
): Promise<Job> {
  return client.jobs.submit(await prepareJob(client, definition, file, options), { via: 'cli' });
}

/** Uploads what the job names; what it gives can be submitted now, or kept to be submitted later. */
export async function prepareJob(
  client: RidgelineClient,
  definition: string,
  file: string,
  options: JobOptions = {},
): Promise<JobSubmission> {
  const { inputs = {}, experimentName, displayName } = options;
  const folder = path.dirname(file);
  const { forceRerun, continueOnStepFailure, defaultCompute } = options;
  const { parsed, local: components } = await parseWithComponents(client, file, (source) =>
    parseJob(definition, { fileName: file, components: source }),
  );
  const job = assignedJob(file, parsed, options);
  return {
    definition,
    fileName: path.basename(file),
    ...(await uploadFiles(client, folder, job)),
    inputs,
    ...(Object.keys(components).length > 0 && { components }),
    ...(experimentName !== undefined && { experimentName }),
    ...(displayName !== undefined && { displayName }),
    tags: { ...(await sourceTags(folder)), ...options.tags },
    ...(forceRerun !== undefined && { forceRerun }),
    ...(continueOnStepFailure !== undefined && { continueOnStepFailure }),
    ...(defaultCompute !== undefined && { defaultCompute }),
  };
}

/** The job with the values of its inputs; what of it has no effect is said. @throws CliError FILE_INVALID with every mistake */
function assignedJob(
  file: string,
  { job, diagnostics }: ParsedJob,
  { inputs = {}, mayLackValues = false }: JobOptions,
): DefinedJob {
  const assigned = job === null ? null : assignInputs(job, inputs);
  const mistakes = (assigned?.diagnostics ?? diagnostics).filter(
    ({ severity, code }) =>
      severity === 'error' && !(mayLackValues && code === 'INPUT_VALUE_MISSING'),
  );
  if (assigned !== null && mistakes.length === 0) {
    for (const warning of diagnostics) printNote(formatDiagnostic(warning));
    return assigned.job;
  }
  const lines = mistakes.map(formatDiagnostic).join('\n');
  throw new CliError('FILE_INVALID', `${file} is not a job that can run:\n${lines}`);
}

/** What is uploaded is named as the job's files name it. */
async function uploadFiles(client: RidgelineClient, folder: string, job: DefinedJob) {
  const { code, data } = localPaths(job);
  const condaFiles = await readCondaFiles(folder, localCondaFiles(job));
  const uploads: Record<string, string> = {};
  const codeIds = await uploadCode(client, folder, code);
  for (const local of data) {
    uploads[local] = await uploadData(client, 'LocalUpload', path.resolve(folder, local));
  }
  return { code: codeIds, uploads, ...(Object.keys(condaFiles).length > 0 && { condaFiles }) };
}
