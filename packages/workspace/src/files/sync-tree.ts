// Puts a file, or a folder with all that it holds, on the disk before a rename shows it to others.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncPath } from './durable-files.ts';
import { walkFolder } from './walk-folder.ts';

// Syncs that run together share the journal writes of the file system.
const syncsAtOnce = 16;

/** Syncs a file, or a folder and every file and folder below it. */
export async function syncTree(root: string): Promise<void> {
  const waiting = [root];
  if ((await lstat(root)).isDirectory()) {
    for await (const entry of walkFolder(root)) {
      if (entry.kind !== 'other') waiting.push(join(root, entry.path));
    }
  }
  const worker = async (): Promise<void> => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await syncPath(path);
  };
  await Promise.all(Array.from({ length: syncsAtOnce }, worker));
}
