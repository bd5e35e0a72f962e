// A project's training pipeline as a published one: by its own name, and behind a pipeline endpoint of
// that name, whose address stays when the next version is published.
import path from 'node:path';
import { parseJob } from '@ridgeline/azureml-yaml';
import type { PublishedPipeline, RidgelineClient } from '@ridgeline/client';
import { readTextFile } from './read-text-file.ts';
import { prepareJob } from './submit-job.ts';

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID, and what the server refuses */
export async function publishPipelineFile(
  client: RidgelineClient,
  file: string,
): Promise<PublishedPipeline> {
  const definition = await readTextFile(file);
  const submission = await prepareJob(client, definition, file);
  const { job } = parseJob(definition, { fileName: file });
  const name = job?.displayName ?? path.parse(file).name;
  return client.pipelines.publish({ name, submission, endpoint: name });
}
