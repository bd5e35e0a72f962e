// Local files as bodies and answers: streamed both ways, so that size costs no memory.

import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { clientError } from '../errors.ts';

/**
 * A file as a request body; its length is sent ahead.
 * @throws ApiError LOCAL_PATH_NOT_FOUND
 */
export async function fileBody(localPath: string): Promise<Blob> {
  try {
    // A folder opens too, and fails only once it is sent.
    if ((await stat(localPath)).isFile()) return await openAsBlob(localPath);
  } catch (error) {
    throw notFound(localPath, error);
  }
  throw clientError('LOCAL_PATH_NOT_FOUND', `'${localPath}' is no file; name one`);
}

/**
 * Writes an answer to a file. It goes to a neighbour first and takes the name when whole, so
 * that a broken download leaves what was there before.
 */
export async function saveBody(response: Response, localPath: string): Promise<void> {
  const partial = `${localPath}.partial`;
  await mkdir(path.dirname(localPath), { recursive: true });
  try {
    await pipeline(bodyStream(response), createWriteStream(partial));
    await rename(partial, localPath);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

export function notFound(localPath: string, cause?: unknown): Error {
  return clientError(
    'LOCAL_PATH_NOT_FOUND',
    `'${localPath}' is not a file or folder that can be read here; check the path`,
    cause,
  );
}

function bodyStream(response: Response): Readable {
  if (response.body === null) return Readable.from([]);
  // The global and the node:stream/web declarations describe the same class.
  return Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>);
}
