// Removes a folder that a step has had its hands on: it may hold folders that were made read-only,
// and a process that got away may still write to it.
import { chmod, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

const removal = { recursive: true, force: true, maxRetries: 3 } as const;

/**
 * What cannot be removed stays: nothing reads it again, and no job is to fail or hang for it.
 */
export async function discardFolder(folder: string): Promise<void> {
  try {
    await rm(folder, removal);
  } catch {
    await makeWritable(folder)
      .then(() => rm(folder, removal))
      .catch(() => {});
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(folder, entry.name));
  }
}
