// Every file in a workspace's folder, so that a test sees what was left behind.
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Absolute paths, without the database's own files, which come and go. */
export async function allFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('workspace.db'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
