// The conda files of environments that stand within a job: checked here, so that a mistake shows with
// its line before anything is uploaded.
import path from 'node:path';
import { formatDiagnostic, parseCondaFile } from '@ridgeline/azureml-yaml';
import { CliError } from '../errors.ts';
import { readTextFile } from './read-text-file.ts';

/**
 * @param paths relative to `folder`, as a file has them.
 * @returns the text of each of them
 * @throws CliError FILE_NOT_FOUND, FILE_INVALID
 */
export async function readCondaFiles(
  folder: string,
  paths: readonly string[],
): Promise<Record<string, string>> {
  const texts: Array<readonly [string, string]> = [];
  for (const local of paths) {
    const file = path.isAbsolute(local) ? local : path.join(folder, local);
    const text = await readTextFile(file);
    const { condaFile, diagnostics } = parseCondaFile(text, { fileName: file });
    if (condaFile === null) {
      const lines = diagnostics.map(formatDiagnostic).join('\n');
      throw new CliError('FILE_INVALID', `${file} is not a conda file that can be used:\n${lines}`);
    }
    texts.push([local, text]);
  }
  return Object.fromEntries(texts);
}
