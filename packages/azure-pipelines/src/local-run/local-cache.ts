// The cache of `Cache@2` as folders, shared by all runs of a store. An entry never changes; its
// time of saving decides between several that a restore key fits.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CacheRequest, CacheStore } from '../task/task-host.ts';

interface Entry {
  readonly key: string;
  readonly savedAt: number;
  readonly folder: string;
}

export class LocalCache implements CacheStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async restore({ key, restorePrefixes }: CacheRequest, into: string): Promise<string | undefined> {
    const entries = await this.#entries();
    const exact = entries.find((entry) => entry.key === key);
    const found = exact ?? newestWithPrefix(entries, restorePrefixes);
    if (found === undefined) return undefined;
    await mkdir(into, { recursive: true });
    await cp(path.join(found.folder, 'files'), into, { recursive: true, verbatimSymlinks: true });
    return found.key;
  }

  async save(key: string, from: string): Promise<void> {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const folder = path.join(this.#folder, name);
    if ((await stat(folder).catch(() => null)) !== null) return;
    const beside = `${folder}.${process.pid}.new`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true });
    await cp(from, path.join(beside, 'files'), { recursive: true, verbatimSymlinks: true });
    await writeFile(path.join(beside, 'key'), key);
    // Another job may have been first: entries never change.
    await rename(beside, folder).catch(() => rm(beside, { recursive: true, force: true }));
  }

  async #entries(): Promise<readonly Entry[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const folders = names.filter((name) => !name.endsWith('.new'));
    return Promise.all(folders.map((name) => readEntry(path.join(this.#folder, name))));
  }
}

async function readEntry(folder: string): Promise<Entry> {
  const file = path.join(folder, 'key');
  const [key, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
  return { key, savedAt: mtimeMs, folder };
}

function newestWithPrefix(
  entries: readonly Entry[],
  prefixes: readonly string[],
): Entry | undefined {
  for (const prefix of prefixes) {
    const fitting = entries.filter(({ key }) => key.startsWith(prefix));
    const [newest] = fitting.toSorted((a, b) => b.savedAt - a.savedAt);
    if (newest !== undefined) return newest;
  }
  return undefined;
}
