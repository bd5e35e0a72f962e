// Removes environments that no step has used for long: each takes hundreds of megabytes, and is made
// again when it is needed.
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { nullIfMissing } from '../../files/fs-errors.ts';

/** Far longer than any step runs that has begun in one. */
const unusedDays = 30;

/** The time of a file says when what it speaks of was used last. */
export async function noteUse(marker: string): Promise<void> {
  const now = new Date();
  // Removed in this moment by hand: it is then made anew.
  await nullIfMissing(utimes(marker, now, now));
}

/** @param marker the name of the file in each folder whose time is that of its last use */
export async function discardUnused(root: string, marker: string): Promise<void> {
  const oldest = Date.now() - unusedDays * 24 * 3_600_000;
  for (const name of (await nullIfMissing(readdir(root))) ?? []) {
    const folder = join(root, name);
    // Without a marker, the folder's own time is that of its last change.
    const used =
      (await nullIfMissing(stat(join(folder, marker)))) ?? (await nullIfMissing(stat(folder)));
    if (used !== null && used.mtimeMs < oldest) {
      // First what makes it count: a removal that is cut off leaves nothing that is taken for whole.
      await rm(join(folder, marker), { force: true });
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}
