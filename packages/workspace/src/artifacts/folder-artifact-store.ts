// Artifacts in folders of this machine: <folder>/<experimentId>/<runId>/artifacts/<path>, the
// layout that MLflow's own local store uses; of logged models, <experimentId>/models/<modelId>/…
import { cp, lstat, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange } from '../files/byte-range.ts';
import { ConfinedTree, type FileContent, type TreeEntry } from '../files/confined-tree.ts';
import type { ByteSource, WrittenFile } from '../files/durable-files.ts';
import { hasSystemCode, nullIfMissing } from '../files/fs-errors.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { syncTree } from '../files/sync-tree.ts';
import { isLoggedModelId } from '../logged-models/logged-model.ts';
import { adoptable, alreadyThere } from './adoptable.ts';
import type { ArtifactStore, FileInfo } from './artifact-store.ts';
import { FolderPartUploads } from './folder-part-uploads.ts';

export interface FolderArtifactStoreOptions {
  readonly folder: string;
  /** The experiment of a run; rejects for a run that does not exist. */
  readonly experimentIdOf: (runId: string) => Promise<string>;
  /** Stands in for the file system's own in tests. */
  readonly rename?: typeof rename;
  /** Whether other servers may be writing into the folder too; default false. */
  readonly isShared?: boolean;
}

const words = {
  noun: 'artifact',
  pathInvalid: 'ARTIFACT_PATH_INVALID',
  notFound: 'ARTIFACT_NOT_FOUND',
} as const;

export class FolderArtifactStore implements ArtifactStore {
  readonly #folder: string;
  readonly #experimentIdOf: (runId: string) => Promise<string>;
  readonly #rename: typeof rename;
  readonly #staging: StagingFolder;
  readonly parts: FolderPartUploads;

  private constructor(options: FolderArtifactStoreOptions) {
    this.#folder = options.folder;
    this.#experimentIdOf = options.experimentIdOf;
    this.#rename = options.rename ?? rename;
    this.#staging = new StagingFolder(join(options.folder, '.incoming'));
    this.parts = new FolderPartUploads({
      folder: join(options.folder, '.uploads'),
      staging: this.#staging,
      treeOf: (runId) => this.#treeOf(runId),
    });
  }

  /** Removes what writes that were cut off have left, so only one may be open, unless `isShared`. */
  static async open(options: FolderArtifactStoreOptions): Promise<FolderArtifactStore> {
    const store = new FolderArtifactStore(options);
    await store.#staging.clear(options);
    await store.parts.sweep();
    return store;
  }

  async write(runId: string, path: string, content: ByteSource): Promise<WrittenFile> {
    return (await this.#treeOf(runId)).write(path, content);
  }

  async read(runId: string, path: string, range?: ByteRange): Promise<FileContent> {
    return (await this.#treeOf(runId)).read(path, range);
  }

  async list(runId: string, path?: string): Promise<readonly FileInfo[]> {
    const entries = await (await this.#treeOf(runId)).list(path);
    return entries.map(fileInfo);
  }

  async adoptFolder(runId: string, path: string, source: string): Promise<void> {
    const tree = await this.#treeOf(runId);
    const target = await tree.resolve(path);
    await adoptable(source);
    if ((await nullIfMissing(lstat(target))) !== null) throw alreadyThere(runId, path);
    await syncTree(source);
    try {
      // Straight to its place: on the way through staging, a kill would lose the only copy.
      await tree.place(path, source, this.#rename);
    } catch (error) {
      if (!hasSystemCode(error, 'EXDEV')) throw error;
      await this.#copyIn(tree, path, source);
    }
  }

  async localPath(runId: string, path?: string): Promise<string> {
    return (await this.#treeOf(runId)).existing(path);
  }

  /** Nobody reaches the folder but through this server. */
  async sign(): Promise<null> {
    return null;
  }

  async delete(runId: string, path?: string): Promise<void> {
    await (await this.#treeOf(runId)).delete(path);
  }

  async discard(experimentId: string, runId: string): Promise<void> {
    await rm(this.#folderOf(experimentId, runId), { recursive: true, force: true });
  }

  // A rename cannot cross file systems; the original goes when the copy stands.
  async #copyIn(tree: ConfinedTree, path: string, source: string): Promise<void> {
    await this.#staging.use(async (staged) => {
      await cp(source, staged, { recursive: true });
      await syncTree(staged);
      await tree.place(path, staged);
    });
    await rm(source, { recursive: true });
  }

  async #treeOf(runId: string): Promise<ConfinedTree> {
    const experimentId = await this.#experimentIdOf(runId);
    const root = join(this.#folderOf(experimentId, runId), 'artifacts');
    return new ConfinedTree(root, this.#staging, words);
  }

  #folderOf(experimentId: string, runId: string): string {
    const parts = isLoggedModelId(runId) ? ['models', runId] : [runId];
    return join(this.#folder, experimentId, ...parts);
  }
}

function fileInfo({ path, isFolder, sizeBytes }: TreeEntry): FileInfo {
  return isFolder ? { path, is_dir: true } : { path, is_dir: false, file_size: sizeBytes };
}
