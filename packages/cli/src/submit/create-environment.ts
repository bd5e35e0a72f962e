// An environment from a file: an Azure ML environment YAML with the conda file that it names, or a
// conda file or a requirements list of its own.
import path from 'node:path';
import {
  type EnvironmentDefinition,
  formatDiagnostic,
  parseCondaFile,
  parseEnvironment,
} from '@ridgeline/azureml-yaml';
import type { NewEnvironment } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';

/**
 * What an Azure ML environment YAML says, with the content of the files that it names.
 * @throws CliError FILE_NOT_FOUND, FILE_INVALID
 */
export async function readEnvironmentFile(file: string): Promise<NewEnvironment> {
  const parsed = parseEnvironment(await readTextFile(file), { fileName: file });
  const { environment, diagnostics } = parsed;
  if (environment === null) throw fileInvalid(file, 'an environment', diagnostics);
  if (environment.build !== null) {
    const message = `${file} builds a container image, and steps run in no container; give it a 'conda_file' instead of 'build'`;
    throw new CliError('FILE_INVALID', message);
  }
  const { name, version, description, tags, image } = environment;
  return {
    name,
    tags: Object.fromEntries(tags),
    ...(version !== null && { version }),
    ...(description !== null && { description }),
    ...(image !== null && { image }),
    ...(await packagesOf(environment, path.dirname(file))),
  };
}

type Packages = Pick<NewEnvironment, 'condaFile' | 'requirements'>;

async function packagesOf({ condaFile }: EnvironmentDefinition, folder: string): Promise<Packages> {
  if (condaFile === null) return {};
  if (condaFile.kind === 'inline') return { condaFile: asConda(condaFile.data) };
  return readPackagesFile(path.resolve(folder, condaFile.path));
}

/**
 * A conda file, or, with the ending .txt, a requirements list.
 * @throws CliError FILE_NOT_FOUND, FILE_INVALID
 */
export async function readPackagesFile(file: string): Promise<Packages> {
  const text = await readTextFile(file);
  if (file.endsWith('.txt')) return { requirements: text.split(/\r?\n/) };
  const { condaFile, diagnostics } = parseCondaFile(text, { fileName: file });
  if (condaFile === null) throw fileInvalid(file, 'a conda file', diagnostics);
  return { condaFile: asConda(condaFile) };
}

/** The server checks what stands in it, as it must for anyone. */
function asConda(data: object): NonNullable<Packages['condaFile']> {
  return data as NonNullable<Packages['condaFile']>;
}

function fileInvalid(
  file: string,
  what: string,
  diagnostics: readonly Parameters<typeof formatDiagnostic>[0][],
): CliError {
  const lines = diagnostics.map(formatDiagnostic).join('\n');
  return new CliError('FILE_INVALID', `${file} is not ${what} that can be used:\n${lines}`);
}
