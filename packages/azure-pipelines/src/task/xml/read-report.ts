// The text of a report on disk, unless it is larger than any report is.

import { readFile, stat } from 'node:fs/promises';
import { TaskFailure } from '../task-outcome.ts';

const maxBytes = 200 * 1024 * 1024;

export async function readReport(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > maxBytes) throw new TaskFailure('it is larger than 200 MiB');
  return readFile(file, 'utf8');
}
