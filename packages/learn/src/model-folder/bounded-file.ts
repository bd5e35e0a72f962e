// Reads a small text file from a folder that is not trusted: no links, no pipes, no more bytes than
// the limit, and nothing but UTF-8.

import { constants, type FileHandle, open } from 'node:fs/promises';
import { LearnError } from '../errors.ts';
import { invalidModel } from './model-invalid.ts';

// Without NONBLOCK, opening a pipe would wait for its writer for ever. Windows knows neither flag.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The text of the file, or null when there is none.
 * @throws LearnError MODEL_TOO_LARGE above `limitBytes`, MODEL_INVALID for a link, for anything that is
 * not a regular file, and for what is not UTF-8.
 */
export async function readBoundedText(path: string, limitBytes: number): Promise<string | null> {
  const handle = await openPlain(path);
  if (handle === null) return null;
  try {
    return decode(await readBounded(handle, path, limitBytes), path);
  } finally {
    await handle.close();
  }
}

async function openPlain(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === 'ELOOP') throw invalidModel(path, 'it is a link', { cause });
    throw cause;
  }
}

async function readBounded(handle: FileHandle, path: string, limitBytes: number): Promise<Buffer> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw invalidModel(path, 'it is not a regular file');
  if (stats.size > limitBytes) {
    throw new LearnError(
      'MODEL_TOO_LARGE',
      `${path} has ${stats.size} bytes, and at most ${limitBytes} are read; this is no model of this package`,
    );
  }
  // A file that grows meanwhile is read only as far as was checked.
  const buffer = Buffer.alloc(stats.size);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalidModel(path, 'it is not UTF-8 text', { cause });
  }
}
