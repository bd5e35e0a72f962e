// The files of a folder as another machine can take them: their bytes and whether they can be run.
// A link within the folder is the file that it leads to; one that leads out of it is refused.
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { TaskFailure } from '../task/task-outcome.ts';
import { filesBelow } from './files-below.ts';

export interface PlainFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly isExecutable: boolean;
}

/** Sorted by their paths. @throws TaskFailure for a link that cannot be sent */
export async function plainFilesBelow(folder: string): Promise<readonly PlainFile[]> {
  const root = await realpath(folder);
  const files: PlainFile[] = [];
  for (const file of await filesBelow(root)) files.push(await plainFile(root, file));
  return files;
}

/** @throws TaskFailure where it is no file of the folder's own */
export async function plainFile(folder: string, file: string): Promise<PlainFile> {
  const root = await realpath(folder);
  const whole = path.join(root, file);
  const target = await realpath(whole).catch(() => undefined);
  const isWithin = target?.startsWith(root + path.sep) === true;
  const facts = isWithin ? await stat(whole) : await lstat(whole).catch(() => undefined);
  if (isWithin && facts?.isFile() === true)
    return { path: file, sizeBytes: facts.size, isExecutable: (facts.mode & 0o100) !== 0 };
  throw new TaskFailure(
    `'${file}' cannot go to another machine: it is no file, or a link to a folder or out of its folder`,
  );
}
