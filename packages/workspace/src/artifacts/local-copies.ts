// Copies on this machine of what lies in an object store, for programs that read files. Each is for
// one content, told by the etags of its files, and never changes: it appears whole, and goes whole.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasSystemCode, nullIfMissing } from '../files/fs-errors.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { syncTree } from '../files/sync-tree.ts';

export interface CopiedFile {
  /** Relative to the root of the owner's artifacts. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

export interface CopyContent {
  /** Of the run, or of the logged model. */
  readonly ownerId: string;
  /** Of the file or folder; empty for all of the owner's. */
  readonly path: string;
  readonly files: readonly CopiedFile[];
}

export interface LocalCopiesOptions {
  readonly folder: string;
  /** What all copies together may take; default 20 GiB. */
  readonly maxBytes?: number | undefined;
  /** For how long after its last use a copy stays in any case; default a day. */
  readonly minAgeMs?: number | undefined;
  /** Whether other servers may have the folder open too; default false. */
  readonly isShared?: boolean | undefined;
}

const defaultMaxBytes = 20 * 1024 ** 3;
// A step may read its inputs for as long as it runs.
const defaultMinAgeMs = 24 * 3_600_000;

export class LocalCopies {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #minAgeMs: number;
  readonly #staging: StagingFolder;
  readonly #coming = new Map<string, Promise<void>>();

  private constructor(options: LocalCopiesOptions) {
    this.#folder = options.folder;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#minAgeMs = options.minAgeMs ?? defaultMinAgeMs;
    this.#staging = new StagingFolder(join(options.folder, '.incoming'));
  }

  static async open(options: LocalCopiesOptions): Promise<LocalCopies> {
    const copies = new LocalCopies(options);
    await copies.#staging.clear({ isShared: options.isShared ?? false });
    return copies;
  }

  /**
   * Where the copy is; made now if it is not there.
   * @param fetch writes one of the files to a place whose folder exists.
   */
  async of(
    content: CopyContent,
    fetch: (file: CopiedFile, target: string) => Promise<void>,
  ): Promise<string> {
    const name = nameOf(content);
    if (!(await this.#isThere(name))) {
      // Whoever asks meanwhile waits for the same one.
      const coming = this.#coming.get(name) ?? this.#make(name, content, fetch);
      this.#coming.set(name, coming);
      await coming.finally(() => this.#coming.delete(name));
    }
    return join(this.#folder, name, placeOf(content));
  }

  /** Makes a copy of what lies in `source` already; afterwards it is gone from there. */
  async take(content: CopyContent, source: string): Promise<void> {
    const name = nameOf(content);
    await this.#staging.use(async (staged) => {
      const target = join(staged, placeOf(content));
      await mkdir(dirname(target), { recursive: true });
      try {
        await rename(source, target);
      } catch (error) {
        if (!hasSystemCode(error, 'EXDEV')) throw error;
        // Another file system: to fetch it when it is asked for costs no more than to copy it now.
        return rm(source, { recursive: true, force: true });
      }
      await this.#place(staged, name);
    });
    await this.#makeRoom();
  }

  async #make(
    name: string,
    content: CopyContent,
    fetch: (file: CopiedFile, target: string) => Promise<void>,
  ): Promise<void> {
    await this.#staging.use(async (staged) => {
      await mkdir(dirname(join(staged, placeOf(content))), { recursive: true });
      for (const file of content.files) {
        const target = join(staged, rootName, file.path);
        await mkdir(dirname(target), { recursive: true });
        await fetch(file, target);
      }
      await this.#place(staged, name);
    });
    await this.#makeRoom();
  }

  async #place(staged: string, name: string): Promise<void> {
    await syncTree(staged);
    try {
      await rename(staged, join(this.#folder, name));
    } catch (error) {
      // Another server was quicker, with the same files.
      if (!hasSystemCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    }
  }

  async #isThere(name: string): Promise<boolean> {
    const now = new Date();
    return (await nullIfMissing(utimes(join(this.#folder, name), now, now))) !== null;
  }

  /** What was used longest ago goes first. */
  async #makeRoom(): Promise<void> {
    const copies = await this.#all();
    let total = copies.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const oldest = Date.now() - this.#minAgeMs;
    for (const { name, sizeBytes, usedAtMs } of copies) {
      if (total <= this.#maxBytes || usedAtMs > oldest) return;
      await this.#remove(name);
      total -= sizeBytes;
    }
  }

  async #all() {
    const names = (await nullIfMissing(readdir(this.#folder))) ?? [];
    const copies = await Promise.all(
      names.map(async (name) => {
        const sizeBytes = Number(/^[0-9a-f]{64}-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
        const found = await nullIfMissing(stat(join(this.#folder, name)));
        return Number.isNaN(sizeBytes) || found === null
          ? null
          : { name, sizeBytes, usedAtMs: found.mtimeMs };
      }),
    );
    return copies.filter((copy) => copy !== null).sort((a, b) => a.usedAtMs - b.usedAtMs);
  }

  // Out of its place at once: half of it must never be taken for the whole.
  async #remove(name: string): Promise<void> {
    const gone = join(this.#staging.folder, randomUUID());
    await mkdir(this.#staging.folder, { recursive: true });
    await nullIfMissing(rename(join(this.#folder, name), gone));
    await rm(gone, { recursive: true, force: true });
  }
}

const rootName = 'artifacts';

function placeOf({ path }: CopyContent): string {
  return join(rootName, path);
}

/** Tells content and size, so that neither has to be looked up. */
function nameOf({ ownerId, path, files }: CopyContent): string {
  const hash = createHash('sha256').update(JSON.stringify([ownerId, path]));
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const file of sorted) hash.update(JSON.stringify([file.path, file.etag, file.sizeBytes]));
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `${hash.digest('hex')}-${total}`;
}
