// The objects of one run's artifacts as what they stand for: files and folders, those left out that
// are not whole yet.
import { RidgelineError } from '../errors.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { AdoptionMarkers, type Shown } from './adoption-markers.ts';
import type { FileInfo } from './artifact-store.ts';
import type { CopiedFile } from './local-copies.ts';
import { foldersAbove, isEmptyFolder, pathInvalid, RunKeys } from './run-keys.ts';

const deletesAtOnce = 1_000;

export class RunObjects {
  readonly runId: string;
  readonly keys: RunKeys;
  readonly markers: AdoptionMarkers;
  readonly #store: ObjectStore;

  constructor(store: ObjectStore, experimentId: string, runId: string) {
    this.#store = store;
    this.runId = runId;
    this.keys = new RunKeys(store, experimentId, runId);
    this.markers = new AdoptionMarkers(store, this.keys);
  }

  async list(folder?: string): Promise<readonly FileInfo[]> {
    const entries: FileInfo[] = [];
    for await (const entry of this.#store.list(this.keys.below(folder), false)) {
      if ('prefix' in entry) entries.push({ path: this.keys.pathOf(entry.prefix), is_dir: true });
      else if (!isEmptyFolder(entry.key)) {
        const path = this.keys.pathOf(entry.key);
        entries.push({ path, is_dir: false, file_size: entry.sizeBytes });
      }
    }
    const shown = await this.markers.shown();
    const visible = shown.isAll ? entries : await this.#visible(entries, shown);
    return visible.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Of a file that file, of a folder all below it; null where there is neither. */
  async filesOf(path?: string): Promise<readonly CopiedFile[] | null> {
    const one = path === undefined ? null : await this.#store.head(this.keys.of(path));
    const files: CopiedFile[] = [];
    if (one !== null) files.push({ ...one, path: this.keys.pathOf(one.key) });
    else {
      for await (const entry of this.#store.list(this.keys.below(path), true)) {
        if ('key' in entry) files.push({ ...entry, path: this.keys.pathOf(entry.key) });
      }
    }
    const shown = await this.markers.shown();
    const visible = files.filter((file) => shown.has(file.path));
    return visible.length === 0 ? null : visible;
  }

  /** That a file can be written there. @throws RidgelineError ARTIFACT_PATH_INVALID, ARTIFACT_ALREADY_EXISTS */
  async assertWritable(path: string): Promise<void> {
    const [isFolder, isShown] = await Promise.all([
      this.#hasBelow(path),
      this.markers.isShown(path),
      this.assertBelowFolders(path),
    ]);
    if (!isShown) throw this.#comingIn(path);
    if (isFolder) throw pathInvalid(path, 'a folder has that name');
  }

  /** That what is above it are folders. @throws RidgelineError ARTIFACT_PATH_INVALID, ARTIFACT_ALREADY_EXISTS */
  async assertBelowFolders(path: string): Promise<void> {
    const above = foldersAbove(path);
    const files = await Promise.all(above.map((folder) => this.#store.head(this.keys.of(folder))));
    if (files.some((file) => file !== null)) {
      throw pathInvalid(path, 'a file has the name of one of its folders');
    }
    const parent = above.at(-1);
    if (parent !== undefined && !(await this.markers.isShown(parent))) throw this.#comingIn(parent);
  }

  /** A file, or all below a folder; by default all. */
  async deleteContent(path?: string): Promise<void> {
    if (path !== undefined) await this.#store.delete([this.keys.of(path)]);
    await this.deleteBelow(this.keys.below(path));
  }

  async deleteBelow(prefix: string): Promise<void> {
    let keys: string[] = [];
    for await (const entry of this.#store.list(prefix, true)) {
      if ('key' in entry) keys.push(entry.key);
      if (keys.length < deletesAtOnce) continue;
      await this.#store.delete(keys);
      keys = [];
    }
    await this.#store.delete(keys);
  }

  missing(path?: string): RidgelineError {
    const what =
      path === undefined
        ? 'there is no artifact here yet'
        : `artifact '${path}' does not exist, or is a folder`;
    return new RidgelineError('ARTIFACT_NOT_FOUND', what);
  }

  async #hasBelow(folder: string): Promise<boolean> {
    for await (const _entry of this.#store.list(this.keys.below(folder), true)) return true;
    return false;
  }

  /** A folder that holds nothing but what is hidden is hidden, too. */
  async #visible(entries: readonly FileInfo[], shown: Shown): Promise<FileInfo[]> {
    const visible: FileInfo[] = [];
    for (const entry of entries) {
      const { path, is_dir: isFolder } = entry;
      if (!shown.has(path)) continue;
      if (!isFolder || (await this.filesOf(path)) !== null) visible.push(entry);
    }
    return visible;
  }

  #comingIn(path: string): RidgelineError {
    const message =
      `run ${this.runId} has a folder at '${path}' that is still coming in, or was left half by a server that died; ` +
      'wait for it, or delete it';
    return new RidgelineError('ARTIFACT_ALREADY_EXISTS', message);
  }
}
