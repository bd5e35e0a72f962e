// The pipeline's file where none is named: those names that Azure DevOps and its users give it.
import { stat } from 'node:fs/promises';
import { cannotRead } from '@ridgeline/azure-pipelines';
import { CliError } from '../errors.ts';

const usual = ['', '.azure-pipelines/', '.pipelines/', '.azuredevops/', 'pipelines/'].flatMap(
  (folder) =>
    ['azure-pipelines.yml', 'azure-pipelines.yaml', '.azure-pipelines.yml'].map(
      (name) => folder + name,
    ),
);

/** @throws CliError FILE_NOT_FOUND, USAGE; LocalRunError FILE_NOT_FOUND, FILE_NOT_READ */
export async function findPipelineFile(named: string | undefined): Promise<string> {
  if (named !== undefined) return checked(named);
  for (const file of usual) if (await isFile(file)) return file;
  throw new CliError(
    'USAGE',
    'there is no azure-pipelines.yml here; name the file, e.g. ridgeline ci validate path/to/pipeline.yml',
  );
}

async function checked(file: string): Promise<string> {
  const found = await stat(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  if (found.isFile()) return file;
  throw new CliError('FILE_NOT_FOUND', `${file} is no file; name the pipeline's file`);
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() === true;
}
