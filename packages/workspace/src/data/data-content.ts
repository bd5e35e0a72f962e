// What a file or folder on this machine holds: its size and digest, and a file's table. Every
// figure is of the content alone, so that the same content always gives the same figures.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  inferSchema,
  profileTable,
  readTable,
  type TableProfile,
  type TableSchema,
  TabularError,
} from '@ridgeline/tabular';
import { walkFolder } from '../files/walk-folder.ts';

export interface DataContent {
  readonly type: 'uri_file' | 'uri_folder';
  readonly sizeBytes: number;
  /** Of a folder: over a line for each file, sorted, with its path and its digest. */
  readonly sha256: string;
}

export interface DataTable {
  readonly schema: TableSchema;
  readonly profile: TableProfile;
}

export async function dataContent(localPath: string): Promise<DataContent> {
  const stats = await stat(localPath);
  if (stats.isDirectory()) return { type: 'uri_folder', ...(await folderContent(localPath)) };
  return { type: 'uri_file', sizeBytes: stats.size, sha256: await fileDigest(localPath) };
}

/**
 * Reads a whole file as a table.
 * @param uri how to name the file in errors: where it lies on this machine is nobody's business.
 * @throws TabularError saying why it cannot be read
 */
export async function dataTable(localPath: string, uri: string): Promise<DataTable> {
  try {
    const table = await readTable(localPath);
    return { schema: inferSchema(table), profile: profileTable(table) };
  } catch (error) {
    if (!(error instanceof TabularError)) throw error;
    const message = error.message.replaceAll(localPath, uri);
    throw new TabularError(error.code, message, { cause: error });
  }
}

async function folderContent(folder: string): Promise<Omit<DataContent, 'type'>> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const entry of walkFolder(folder)) {
    if (entry.kind !== 'file') continue;
    const digest = await fileDigest(join(folder, entry.path));
    hash.update(`${JSON.stringify([entry.path, digest])}\n`);
    sizeBytes += entry.sizeBytes;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
