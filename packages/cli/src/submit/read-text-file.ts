import { readFile } from 'node:fs/promises';
import { CliError } from '../errors.ts';

/** @throws CliError FILE_NOT_FOUND */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'EISDIR' ? 'is a folder, not a file' : 'cannot be read';
    const reason = code === 'ENOENT' ? 'does not exist' : problem;
    throw new CliError('FILE_NOT_FOUND', `${file} ${reason}`, { cause: error });
  }
}
