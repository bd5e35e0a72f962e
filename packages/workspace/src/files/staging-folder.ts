// Where files are written before they are whole. It lies beside their final place, so that one
// rename makes them appear; what a killed process left in it is removed at the next start.
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

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

  /** Only for the moment of opening, when nobody else can be writing. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
