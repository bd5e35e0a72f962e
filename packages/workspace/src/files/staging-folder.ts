// Where files are written before they are whole. It lies beside their final place, so that one
// rename makes them appear; what a killed process left in it is removed at the next start.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nullIfMissing } from './fs-errors.ts';

const longestWriteMs = 24 * 3_600_000;

export class StagingFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Hands a new path to `work`, which may make a file or a folder of it. Whatever still stands
   * there when `work` ends, in success or in failure, is removed.
   */
  async use<T>(work: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, randomUUID());
    try {
      return await work(path);
    } finally {
      await rm(path, { recursive: true, force: true });
    }
  }

  /**
   * Removes what killed processes have left. Where other servers may be writing into it too, only
   * what nobody can be writing any more; where not, all of it.
   */
  async clear({ isShared = false }: { readonly isShared?: boolean } = {}): Promise<void> {
    if (!isShared) return rm(this.folder, { recursive: true, force: true });
    const oldest = Date.now() - longestWriteMs;
    for (const name of (await nullIfMissing(readdir(this.folder))) ?? []) {
      const path = join(this.folder, name);
      const found = await nullIfMissing(stat(path));
      if (found !== null && found.mtimeMs < oldest)
        await rm(path, { recursive: true, force: true });
    }
  }
}
