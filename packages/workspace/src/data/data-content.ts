// What a file or folder on this machine holds: its size and digest. Every figure is of the content
// alone, so that the same content always gives the same figures.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { walkFolder } from '../files/walk-folder.ts';

export interface DataContent {
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly fileCount: number;
  /** Of a folder: over a line for each file, sorted, with its path and its digest. */
  readonly sha256: string;
}

export async function dataContent(localPath: string): Promise<DataContent> {
  const stats = await stat(localPath);
  if (stats.isDirectory()) return folderContent(localPath);
  const sha256 = await fileDigest(localPath);
  return { isFolder: false, sizeBytes: stats.size, fileCount: 1, sha256 };
}

/** Several contents as one; a single one stays as it is. */
export function joinContents(first: DataContent, others: readonly DataContent[]): DataContent {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const hash = createHash('sha256');
  for (const { sha256 } of all) hash.update(`${sha256}\n`);
  return {
    isFolder: first.isFolder,
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: all.reduce((sum, { fileCount }) => sum + fileCount, 0),
    sha256: hash.digest('hex'),
  };
}

async function folderContent(folder: string): Promise<DataContent> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let fileCount = 0;
  for await (const entry of walkFolder(folder)) {
    if (entry.kind !== 'file') continue;
    const digest = await fileDigest(join(folder, entry.path));
    hash.update(`${JSON.stringify([entry.path, digest])}\n`);
    sizeBytes += entry.sizeBytes;
    fileCount += 1;
  }
  return { isFolder: true, sizeBytes, fileCount, sha256: hash.digest('hex') };
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
