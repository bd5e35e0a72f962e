// A file that appears under its name only when it is whole: written beside it, then renamed.

import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export class PartialFile {
  readonly path: string;
  readonly #partialPath: string;
  readonly #handle: FileHandle;

  private constructor(path: string, partialPath: string, handle: FileHandle) {
    this.path = path;
    this.#partialPath = partialPath;
    this.#handle = handle;
  }

  /** Makes the folder too. What stands at `path` stays as it is until `commit`. */
  static async create(path: string): Promise<PartialFile> {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    // In the same folder, since a rename is atomic only within one file system.
    const partialPath = join(folder, `.${basename(path)}.${randomUUID()}.partial`);
    return new PartialFile(path, partialPath, await open(partialPath, 'wx'));
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text);
  }

  /** The bytes are on the disk before the name is, so that a power cut leaves no empty file. */
  async commit(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#partialPath, this.path);
  }

  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#partialPath, { force: true });
  }
}
