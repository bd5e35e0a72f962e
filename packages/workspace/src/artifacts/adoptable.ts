// What may become an artifact as it lies there: files and folders, and nothing that leads elsewhere.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { RidgelineError } from '../errors.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import { walkFolder } from '../files/walk-folder.ts';

export interface LocalFile {
  /** Absolute. */
  readonly file: string;
  /** Below the source; empty for the source itself. */
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Adoptable {
  readonly files: readonly LocalFile[];
  /** Those with nothing in them, which object stores do not know of. Empty for the source itself. */
  readonly emptyFolders: readonly string[];
}

/** @throws RidgelineError ARTIFACT_NOT_FOUND, ARTIFACT_PATH_INVALID */
export async function adoptable(source: string): Promise<Adoptable> {
  const stats = await nullIfMissing(lstat(source));
  if (stats === null) {
    const message = `'${source}' does not exist; there is nothing to take over as an artifact`;
    throw new RidgelineError('ARTIFACT_NOT_FOUND', message);
  }
  if (stats.isFile()) {
    const only = { file: source, path: '', sizeBytes: stats.size };
    return { files: [only], emptyFolders: [] };
  }
  if (!stats.isDirectory()) throw notPlain(source);
  return folderContent(source);
}

async function folderContent(source: string): Promise<Adoptable> {
  const files: LocalFile[] = [];
  const empty = new Set(['']);
  for await (const { path, kind, sizeBytes } of walkFolder(source)) {
    if (kind === 'other') throw notPlain(join(source, path));
    empty.delete(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    if (kind === 'folder') empty.add(path);
    else files.push({ file: join(source, path), path, sizeBytes });
  }
  return { files, emptyFolders: [...empty] };
}

export function alreadyThere(runId: string, path: string): RidgelineError {
  const message = `run ${runId} already has an artifact '${path}'; delete it or take another name`;
  return new RidgelineError('ARTIFACT_ALREADY_EXISTS', message);
}

function notPlain(path: string): RidgelineError {
  return new RidgelineError(
    'ARTIFACT_PATH_INVALID',
    `'${path}' is a link or a device; artifacts are files and folders only, ` +
      'so copy there what it points at',
  );
}
