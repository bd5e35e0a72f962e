// Writes a folder of files so that others see all of it or none: into a folder beside it, then by one
// rename. Owns no knowledge of what the files hold.

import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface FolderToWrite {
  /** Absolute or relative path; folders above it are made. */
  readonly folder: string;
  /** Text or bytes by file name. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Makes the temporary names differ from those of another writer. */
  readonly unique: string;
}

/** False, with nothing changed, when something other than an empty folder is there already. */
export async function createFolder(target: FolderToWrite): Promise<boolean> {
  return await withWrittenFolder(target, async (written) => {
    await removeIfEmpty(target.folder);
    return await moveUnlessOccupied(written, target.folder);
  });
}

/**
 * Puts the new folder in the place of the one that is there. For the moment between two renames there
 * is neither; a process killed then leaves the old one beside it as `.<name>.<unique>.old`.
 */
export async function replaceFolder(target: FolderToWrite): Promise<void> {
  const old = besideName(target, 'old');
  await withWrittenFolder(target, async (written) => {
    await rename(target.folder, old);
    try {
      await rename(written, target.folder);
    } catch (error) {
      await rename(old, target.folder);
      throw error;
    }
    return true;
  });
  await rm(old, { recursive: true, force: true });
}

/** Writes the files, hands the folder to `place`, and removes it again when it was not placed. */
async function withWrittenFolder(
  target: FolderToWrite,
  place: (written: string) => Promise<boolean>,
): Promise<boolean> {
  const written = besideName(target, 'tmp');
  await mkdir(dirname(target.folder), { recursive: true });
  let placed = false;
  try {
    await mkdir(written);
    for (const [name, content] of target.files) {
      await writeFile(join(written, name), content, { flag: 'wx', flush: true });
    }
    placed = await place(written);
  } finally {
    if (!placed) await rm(written, { recursive: true, force: true });
  }
  return placed;
}

/** A rename replaces an empty folder on some systems only; removing it first is safe on all. */
async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasCode(error, ['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'])) throw error;
  }
}

async function moveUnlessOccupied(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'])) return false;
    throw error;
  }
}

function besideName({ folder, unique }: FolderToWrite, suffix: string): string {
  return join(dirname(folder), `.${basename(folder)}.${unique}.${suffix}`);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}
