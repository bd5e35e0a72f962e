// Cuts a folder into mini-batches of files, in the order of their names.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ScoringError } from '../errors.ts';
import type { FileBatch } from './mini-batch.ts';
import type { MiniBatchSize } from './mini-batch-size.ts';

/** Hidden files are none of the data. */
export async function* cutFiles(folder: string, size: MiniBatchSize): AsyncGenerator<FileBatch> {
  if (size.unit === 'bytes') {
    throw new ScoringError(
      'BATCH_ARGUMENT_INVALID',
      'mini_batch_size is a size in bytes, and the input is a folder; write a number of files such as 10',
    );
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (let start = 0; start < files.length; start += size.value) {
    const part = files.slice(start, start + size.value);
    const index = start / size.value;
    yield { kind: 'files', index, count: part.length, files: part, label: labelOf(folder, part) };
  }
}

function labelOf(folder: string, files: readonly string[]): string {
  const first = relative(folder, files[0] ?? '');
  const last = relative(folder, files.at(-1) ?? '');
  return files.length === 1 ? `file ${first}` : `files ${first} to ${last}`;
}
