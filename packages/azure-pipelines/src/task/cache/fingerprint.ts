// The key of a cache from its text: segments parted by `|`, each a literal or file patterns, which
// become a hash over the names and contents of the files that they choose.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { findFiles } from '../glob/find-files.ts';
import { TaskFailure } from '../task-outcome.ts';

/** @throws TaskFailure for a segment that names files and finds none */
export async function fingerprint(key: string, folder: string): Promise<string> {
  const segments = key.split('|').map((segment) => segment.trim());
  if (segments.some((segment) => segment === '')) {
    throw new TaskFailure(`The cache key '${key}' has an empty segment between its bars`);
  }
  const parts = await Promise.all(
    segments.map((segment) => (isLiteral(segment) ? unquote(segment) : hashFiles(segment, folder))),
  );
  return parts.join('|');
}

/** Quoted, without a dot or separator, with letters no path has, or with a dot at its end. */
export function isLiteral(segment: string): boolean {
  if (/^".*"$/.test(segment) || segment.endsWith('.')) return true;
  if (/^\*{1,2}$/.test(segment)) return false;
  if (/[<>:"\0]/.test(segment.replace(/^[A-Za-z]:[\\/]/, ''))) return true;
  return !/[./\\*?]/.test(segment);
}

function unquote(segment: string): string {
  return segment.replace(/^"(.*)"$/, '$1');
}

async function hashFiles(segment: string, folder: string): Promise<string> {
  const patterns = segment.split(',').map((pattern) => pattern.trim());
  if (patterns.some((pattern) => /^\*{1,2}$/.test(pattern))) {
    throw new TaskFailure(
      `The cache key segment '${segment}' would hash every file; name the files`,
    );
  }
  const files = await findFiles(folder, patterns);
  if (files.length === 0) {
    throw new TaskFailure(
      `The cache key segment '${segment}' fits no file in '${folder}'. Quote it if it is a text: "${segment}"`,
    );
  }
  const hash = createHash('sha256');
  for (const file of files) hash.update(await describe(file, folder));
  return hash.digest('hex');
}

async function describe(file: string, folder: string): Promise<string> {
  const path = isAbsolute(file) ? relative(folder, file).split(sep).join('/') : file;
  const { size } = await stat(file);
  const contents = createHash('sha256');
  for await (const part of createReadStream(file)) contents.update(part);
  const name = createHash('sha256').update(path).digest('hex');
  return `\n${name}=[${size}]${contents.digest('hex')}`;
}
