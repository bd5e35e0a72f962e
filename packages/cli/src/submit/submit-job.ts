// A job's YAML file as a job on the server: checked here, so that every mistake shows with its line
// before anything is uploaded, then sent with what it names.
import path from 'node:path';
import { assignInputs, formatDiagnostic, localPaths, parseJob } from '@ridgeline/azureml-yaml';
import type { InputValue, Job, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';
import { uploadData } from './upload-data.ts';

export interface JobOptions {
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
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
  { inputs = {}, experimentName, displayName, tags }: JobOptions = {},
): Promise<Job> {
  const { job, diagnostics } = parseJob(definition, { fileName: file });
  const found = job === null ? diagnostics : assignInputs(job, inputs).diagnostics;
  const mistakes = found.filter(({ severity }) => severity === 'error');
  if (job === null || mistakes.length > 0) {
    const lines = mistakes.map(formatDiagnostic).join('\n');
    throw new CliError('FILE_INVALID', `${file} is not a job that can run:\n${lines}`);
  }
  const folder = path.dirname(file);
  const { code, data } = localPaths(assignInputs(job, inputs).job);
  const codeIds = await eachOnce(code, async (local) => {
    const { id } = await client.code.upload(path.resolve(folder, local));
    return id;
  });
  const uploads = await eachOnce(data, (local) =>
    uploadData(client, 'LocalUpload', path.resolve(folder, local)),
  );
  return client.jobs.submit({
    definition,
    fileName: path.basename(file),
    code: codeIds,
    uploads,
    inputs,
    ...(experimentName !== undefined && { experimentName }),
    ...(displayName !== undefined && { displayName }),
    ...(tags !== undefined && { tags }),
  });
}

async function eachOnce(
  names: readonly string[],
  work: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const name of new Set(names)) results[name] = await work(name);
  return results;
}
