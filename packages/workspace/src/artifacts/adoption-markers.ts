// Folders that are on their way into an object store, which has no rename: while a marker for one is
// there, nothing of it is shown, and what a killed process has left of it can be taken up again.
// Who reads must ask after reading: what was read and has no marker then was whole all along.
import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { RidgelineError } from '../errors.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { foldersAbove, type RunKeys } from './run-keys.ts';

interface Marker {
  readonly path: string;
  readonly token: string;
}

/** What of a run can be seen. */
export interface Shown {
  readonly isAll: boolean;
  has(path: string): boolean;
}

export class AdoptionMarkers {
  readonly #store: ObjectStore;
  readonly #keys: RunKeys;

  constructor(store: ObjectStore, keys: RunKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Tells of each path whether it is shown. */
  async shown(): Promise<Shown> {
    const hidden = new Set(await this.#markerKeys());
    if (hidden.size === 0) return { isAll: true, has: () => true };
    const isHidden = (at: string) => hidden.has(this.#keyOf(at));
    return { isAll: false, has: (path) => ![...foldersAbove(path), path].some(isHidden) };
  }

  async isShown(path: string): Promise<boolean> {
    return (await this.shown()).has(path);
  }

  /** Hides a folder from here on; gives what `end` asks for. */
  async begin(path: string): Promise<string> {
    const marker: Marker = { path, token: randomUUID() };
    await this.#store.put(this.#keyOf(path), Buffer.from(JSON.stringify(marker)));
    return marker.token;
  }

  /** Shows it. @throws RidgelineError INVALID_STATE where another process has begun anew */
  async end(path: string, token: string): Promise<void> {
    const key = this.#keyOf(path);
    if ((await this.#read(key))?.token !== token) {
      const message = `artifact '${path}' was taken over by another server meanwhile; look what is there now`;
      throw new RidgelineError('INVALID_STATE', message);
    }
    await this.#store.delete([key]);
  }

  /** Forgets those of a folder and of all below it; by default all of the run. */
  async forget(folder?: string): Promise<void> {
    for (const key of await this.#markerKeys()) {
      const path = (await this.#read(key))?.path;
      const isIn = folder === undefined || path === folder || path?.startsWith(`${folder}/`);
      if (isIn) await this.#store.delete([key]);
    }
  }

  async #markerKeys(): Promise<readonly string[]> {
    const entries = await Array.fromAsync(this.#store.list(this.#keys.adopting, true));
    return entries.flatMap((entry) => ('key' in entry ? [entry.key] : []));
  }

  async #read(key: string): Promise<Marker | null> {
    const found = await this.#store.get(key);
    return found && (JSON.parse(await text(found.stream)) as Marker);
  }

  #keyOf(path: string): string {
    return this.#keys.adopting + createHash('sha256').update(path).digest('hex');
  }
}
