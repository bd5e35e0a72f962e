// A tree of files below one folder, reached by paths that come from outside and can never leave it.
// What the tree is for (artifacts, a datastore) is its owner's matter, as are the words of errors.
import type { Stats } from 'node:fs';
import {
  type FileHandle,
  lstat,
  open,
  readdir,
  realpath,
  type rename,
  rm,
  stat,
} from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { RidgelineError, type RidgelineErrorCode } from '../errors.ts';
import { type ByteRange, boundsOf } from './byte-range.ts';
import { type ByteSource, moveIntoPlace, type WrittenFile, writeNewFile } from './durable-files.ts';
import { hasSystemCode, nullIfMissing } from './fs-errors.ts';
import { relativePathProblem } from './relative-path.ts';
import type { StagingFolder } from './staging-folder.ts';

export interface FileContent {
  /** Of the stream. */
  readonly sizeBytes: number;
  /** Where a range was asked for: where the stream begins in the file, and how long that is. */
  readonly range?: { readonly startByte: number; readonly totalBytes: number };
  /** Holds the file open until it is read to its end or destroyed. */
  readonly stream: Readable;
}

export interface TreeEntry {
  /** Relative to the root of the tree. */
  readonly path: string;
  readonly isFolder: boolean;
  /** 0 for a folder. */
  readonly sizeBytes: number;
}

export interface TreeWords {
  /** Such as 'artifact', for messages. */
  readonly noun: string;
  readonly pathInvalid: RidgelineErrorCode;
  readonly notFound: RidgelineErrorCode;
  /** What a file in it is called; by default the noun. */
  readonly file?: string;
}

export class ConfinedTree {
  readonly root: string;
  readonly #staging: StagingFolder;
  readonly #words: TreeWords;

  /** @param root need not exist yet. `staging` must be on the same file system, outside `root`. */
  constructor(root: string, staging: StagingFolder, words: TreeWords) {
    this.root = root;
    this.#staging = staging;
    this.#words = words;
  }

  /** The absolute path of `path`, which need not exist. */
  async resolve(path: string): Promise<string> {
    const problem = relativePathProblem(path);
    if (problem !== null) throw this.#invalid(path, problem);
    let current = this.root;
    for (const part of path.split('/')) {
      current = join(current, part);
      const stats = await nullIfMissing(lstat(current));
      if (stats === null) break;
      if (stats.isSymbolicLink() && !(await this.#staysInside(current))) {
        throw this.#invalid(path, 'it goes through a link that leaves its folder');
      }
    }
    return join(this.root, path);
  }

  /** The absolute path of a file or folder that exists. */
  async existing(path?: string): Promise<string> {
    if (path === undefined) return this.#existingRoot();
    await this.stat(path);
    return join(this.root, path);
  }

  async stat(path: string): Promise<TreeEntry> {
    const stats = await nullIfMissing(stat(await this.resolve(path)));
    if (stats?.isDirectory()) return { path, isFolder: true, sizeBytes: 0 };
    if (stats?.isFile()) return { path, isFolder: false, sizeBytes: stats.size };
    throw this.#missing(path, 'does not exist');
  }

  /** What lies directly in a folder, by name. A file, or nothing at all, gives an empty list. */
  async list(path?: string): Promise<readonly TreeEntry[]> {
    const folder = path === undefined ? this.root : await this.resolve(path);
    const names = (await nullIfMissing(readdir(folder))) ?? [];
    const prefix = path === undefined ? '' : `${path}/`;
    const entries = await Promise.all(
      names.sort().map(async (name) => {
        // Links and devices are not shown: nothing of ours makes them.
        const stats = await nullIfMissing(lstat(join(folder, name)));
        return stats === null ? null : entryOf(prefix + name, stats);
      }),
    );
    return entries.filter((entry) => entry !== null);
  }

  async read(path: string, range?: ByteRange): Promise<FileContent> {
    const { isFolder } = await this.stat(path);
    if (isFolder) throw this.#missing(path, 'is a folder; read one of its files');
    const handle = await open(join(this.root, path), 'r');
    try {
      return await contentOf(handle, path, range);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The file appears whole, replacing an older one, or not at all. */
  async write(path: string, content: ByteSource): Promise<WrittenFile> {
    await this.resolve(path);
    return this.#staging.use(async (staged) => {
      const written = await writeNewFile(staged, content);
      // Asked again: the upload may have taken long, and the tree may have changed meanwhile.
      await this.place(path, staged);
      return written;
    });
  }

  /** Moves a synced file or folder of the same file system into the tree. */
  async place(path: string, source: string, renameEntry?: typeof rename): Promise<void> {
    const target = await this.resolve(path);
    try {
      await moveIntoPlace(source, target, renameEntry);
    } catch (error) {
      if (hasSystemCode(error, 'EISDIR')) throw this.#invalid(path, 'a folder has that name');
      if (hasSystemCode(error, 'ENOTDIR', 'EEXIST')) {
        throw this.#invalid(path, 'a file has the name of one of its folders');
      }
      throw error;
    }
  }

  /** Nothing happens where nothing is. */
  async delete(path?: string): Promise<void> {
    const target = path === undefined ? this.root : await this.resolve(path);
    await nullIfMissing(rm(target, { recursive: true, force: true }));
  }

  async #existingRoot(): Promise<string> {
    const stats = await nullIfMissing(stat(this.root));
    if (stats?.isDirectory()) return this.root;
    const { notFound, noun } = this.#words;
    throw new RidgelineError(notFound, `there is no ${noun} here yet`);
  }

  async #staysInside(link: string): Promise<boolean> {
    const target = await nullIfMissing(realpath(link));
    return target?.startsWith((await realpath(this.root)) + sep) ?? false;
  }

  #invalid(path: string, problem: string): RidgelineError {
    const { noun, pathInvalid } = this.#words;
    return new RidgelineError(
      pathInvalid,
      `${noun} path ${JSON.stringify(path)} cannot be used: ${problem}; ` +
        `give a relative path such as 'model/MLmodel'`,
    );
  }

  #missing(path: string, problem: string): RidgelineError {
    const { notFound, noun, file = noun } = this.#words;
    return new RidgelineError(notFound, `${file} '${path}' ${problem}`);
  }
}

async function contentOf(
  handle: FileHandle,
  path: string,
  range: ByteRange | undefined,
): Promise<FileContent> {
  const { size: totalBytes } = await handle.stat();
  if (range === undefined) return { sizeBytes: totalBytes, stream: handle.createReadStream() };
  const [start, end] = boundsOf(range, path, totalBytes);
  const stream = handle.createReadStream({ start, end });
  return { sizeBytes: end - start + 1, range: { startByte: start, totalBytes }, stream };
}

function entryOf(path: string, stats: Stats): TreeEntry | null {
  if (stats.isDirectory()) return { path, isFolder: true, sizeBytes: 0 };
  return stats.isFile() ? { path, isFolder: false, sizeBytes: stats.size } : null;
}
