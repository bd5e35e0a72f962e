// Unpacks an uploaded code archive into an empty folder, and refuses whatever is not a plain tree of
// files: a snapshot is run on other machines, so nothing in it may reach outside of it.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReadEntry } from 'tar';
import { RidgelineError } from '../errors.ts';
import { type ByteSource, type WrittenFile, writeNewFile } from '../files/durable-files.ts';
import { hasSystemCode } from '../files/fs-errors.ts';
import { relativePathProblem } from '../files/relative-path.ts';
import { type CodeLimits, codeTooLarge, maxArchiveBytes } from './code-limits.ts';
import { invalidArchive, readTar } from './read-tar.ts';

export interface CodeFile extends WrittenFile {
  readonly path: string;
  readonly executable: boolean;
}

const kinds = new Map<string, 'file' | 'folder'>([
  ['File', 'file'],
  ['OldFile', 'file'],
  ['ContiguousFile', 'file'],
  ['Directory', 'folder'],
]);

/**
 * Writes the files of the archive below `folder` (which it makes) and gives them in archive order.
 * A folder without files is left out: a snapshot is its files. When it fails, `folder` is half full.
 * @throws RidgelineError CODE_ARCHIVE_INVALID, CODE_PATH_INVALID, CODE_TOO_LARGE
 */
export async function unpackCode(
  archive: ByteSource,
  folder: string,
  limits: CodeLimits,
): Promise<readonly CodeFile[]> {
  await mkdir(folder, { recursive: true });
  const unpacking = new Unpacking(folder, limits);
  await readTar(archive, {
    maxArchiveBytes: maxArchiveBytes(limits),
    visit: (entry) => unpacking.visit(entry),
  });
  if (unpacking.files.length === 0) throw invalidArchive('it holds no file');
  return unpacking.files;
}

class Unpacking {
  readonly files: CodeFile[] = [];
  readonly #folder: string;
  readonly #limits: CodeLimits;
  #entries = 0;
  #sizeBytes = 0;

  constructor(folder: string, limits: CodeLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  async visit(entry: ReadEntry): Promise<void> {
    const kind = kinds.get(entry.type);
    if (kind === undefined) {
      throw invalidArchive(`'${entry.path}' is of the kind ${entry.type}, which is not allowed`);
    }
    const path = this.#checkedPath(entry, kind);
    this.#count(entry);
    if (kind === 'folder' || path === null) {
      entry.resume();
      return;
    }
    // The owner's bit, as git does: the others depend on the umask of whoever packed it.
    const executable = ((entry.mode ?? 0) & 0o100) !== 0;
    this.files.push({ path, executable, ...(await this.#write(path, executable, entry)) });
  }

  async #write(path: string, executable: boolean, content: ReadEntry): Promise<WrittenFile> {
    const target = join(this.#folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      return await writeNewFile(target, content, { mode: executable ? 0o755 : 0o644, sync: false });
    } catch (error) {
      if (!hasSystemCode(error, 'EEXIST', 'ENOTDIR')) throw error;
      throw invalidArchive(`'${path}' has the name of another of its files or folders`, error);
    }
  }

  // Null for the entry './' that stands for the snapshot itself.
  #checkedPath(entry: ReadEntry, kind: 'file' | 'folder'): string | null {
    const written = entry.path.replace(/^(\.\/+)+/, '');
    const path = kind === 'folder' ? written.replace(/\/$/, '') : written;
    if (kind === 'folder' && (path === '' || path === '.')) return null;
    const problem = this.#pathProblem(path);
    if (problem === null) return path;
    const message = `path ${JSON.stringify(entry.path)} in the code archive cannot be used: ${problem}`;
    throw new RidgelineError('CODE_PATH_INVALID', message);
  }

  #pathProblem(path: string): string | null {
    const { maxPathLength } = this.#limits;
    if (path.length > maxPathLength) return `it is longer than ${maxPathLength} characters`;
    // What the reader puts in place of bytes that are no UTF-8: two names could become one.
    if (path.includes('\ufffd')) return 'it is not valid UTF-8';
    return relativePathProblem(path);
  }

  // By the sizes that the headers declare, so that nothing too large is written first.
  #count(entry: ReadEntry): void {
    const { maxEntries, maxSizeBytes } = this.#limits;
    this.#entries += 1;
    this.#sizeBytes += entry.size;
    if (this.#entries > maxEntries) throw codeTooLarge(`more than ${maxEntries} files and folders`);
    if (this.#sizeBytes > maxSizeBytes) throw codeTooLarge(`more than ${maxSizeBytes} bytes`);
  }
}
