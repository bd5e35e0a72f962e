// What a file or folder holds, as one digest: the same for the same names and bytes, wherever it lies.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Beyond these, comparing would cost more than it may spare. */
export const digestLimits = { files: 100_000, bytes: 16 * 1024 ** 3 };

/** The digest as 64 hexadecimal digits; null for what is not there, is too large, or is no plain file. */
export async function contentDigest(root: string, limits = digestLimits): Promise<string | null> {
  const files = await plainFiles(root, limits);
  if (files === null) return null;
  const hash = createHash('sha256');
  for (const { name, sizeBytes } of files) {
    hash.update(`${JSON.stringify(name)} ${sizeBytes}\n`);
    if (sizeBytes > 0)
      await pipeline(createReadStream(path.join(root, name)), hash, { end: false });
  }
  return hash.digest('hex');
}

interface PlainFile {
  /** Relative to the root; empty where the root itself is the file. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** Sorted by name. Folders count by what they hold. */
async function plainFiles(
  root: string,
  limits: typeof digestLimits,
): Promise<readonly PlainFile[] | null> {
  const files: PlainFile[] = [];
  const waiting = [''];
  let left: number = limits.bytes;
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const place = path.join(root, name);
    const stats = await lstat(place).catch(() => null);
    if (stats?.isDirectory()) {
      waiting.push(...(await readdir(place)).map((entry) => path.join(name, entry)));
      if (waiting.length > limits.files) return null;
      continue;
    }
    if (!stats?.isFile() || stats.size > left || files.length >= limits.files) return null;
    left -= stats.size;
    files.push({ name, sizeBytes: stats.size });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
