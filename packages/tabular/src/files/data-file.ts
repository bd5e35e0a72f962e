// Turns the path that a user gave into a checked local file. Reads none of its content.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TabularError } from '../errors.ts';

export interface DataFile {
  /** The path as the user gave it, for messages. */
  readonly path: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
}

export interface FileLimits {
  /** Largest file accepted; default 10 GB (10,000,000,000). */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 10_000_000_000;

/**
 * The file at `path`: local, regular, not empty, not larger than `maxBytes`.
 * @throws DATA_PATH_NOT_LOCAL, DATA_FILE_NOT_FOUND, DATA_FILE_NOT_READABLE, DATA_FILE_EMPTY,
 * DATA_LIMIT_EXCEEDED.
 */
export async function checkDataFile(
  path: string,
  { maxBytes = defaultMaxBytes }: FileLimits = {},
): Promise<DataFile> {
  // Two letters at least, so that a Windows drive (C:) stays a path.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) {
    const advice = 'expected a local path; download the file first';
    throw new TabularError('DATA_PATH_NOT_LOCAL', `'${path}' is a URL; ${advice}`);
  }
  const absolutePath = resolve(path);
  const found = await stat(absolutePath).catch((cause) => {
    throw fileError(path, cause);
  });
  if (!found.isFile()) {
    const kind = found.isDirectory() ? 'a folder' : 'not a regular file';
    throw new TabularError('DATA_FILE_NOT_READABLE', `'${path}' is ${kind}; expected a data file`);
  }
  if (found.size === 0) {
    throw new TabularError('DATA_FILE_EMPTY', `'${path}' is empty (0 bytes); expected data`);
  }
  checkLimit(path, found.size, maxBytes, 'bytes', 'maxBytes');
  return { path, absolutePath, sizeBytes: found.size };
}

/** @throws DATA_LIMIT_EXCEEDED if `count` is above `limit`. */
export function checkLimit(
  path: string,
  count: number,
  limit: number,
  unit: string,
  option: string,
): void {
  if (count <= limit) return;
  const message = `'${path}' has ${count} ${unit}; expected at most ${limit}; raise ${option}`;
  throw new TabularError('DATA_LIMIT_EXCEEDED', message);
}

/** The user error for what the file system answered. */
export function fileError(path: string, cause: unknown): TabularError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const advice = 'check the path and the working folder';
    const message = `'${path}' does not exist; ${advice}`;
    return new TabularError('DATA_FILE_NOT_FOUND', message, { cause });
  }
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  const message = `'${path}' cannot be read: ${reason}`;
  return new TabularError('DATA_FILE_NOT_READABLE', message, { cause });
}
