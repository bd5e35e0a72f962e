// All that lies in a folder, in an order that is the same on every machine.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface WalkedEntry {
  /** Relative to the folder walked, with `/` between the parts. */
  readonly path: string;
  /** `other`: a link, a device, a socket or a pipe; it is not followed. */
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
}

/** Every entry below `folder`: a folder comes before what it holds, siblings by name. */
export async function* walkFolder(folder: string, prefix = ''): AsyncGenerator<WalkedEntry> {
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    const path = prefix + name;
    const stats = await lstat(join(folder, name));
    const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
    yield { path, kind, sizeBytes: kind === 'file' ? stats.size : 0 };
    if (kind === 'folder') yield* walkFolder(join(folder, name), `${path}/`);
  }
}
