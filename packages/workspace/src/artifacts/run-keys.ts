// Under which keys of an object store the artifacts of one run lie: the layout of the folder store,
// <experiment>/<run>/artifacts/<path>; beside it, what tells of folders that are still coming in.
import { RidgelineError } from '../errors.ts';
import { relativePathProblem } from '../files/relative-path.ts';
import { isLoggedModelId } from '../logged-models/logged-model.ts';
import type { ObjectStore } from '../object-store/object-store.ts';

/** Stands in a folder that has nothing else, as an object store has none without. */
export const emptyFolderName = '.ridgeline-empty-folder';

export function isEmptyFolder(keyOrPath: string): boolean {
  return keyOrPath.endsWith(`/${emptyFolderName}`);
}

export class RunKeys {
  /** Of all that is kept of the run. */
  readonly all: string;
  readonly #root: string;
  readonly #store: Pick<ObjectStore, 'keyProblem'>;

  constructor(store: Pick<ObjectStore, 'keyProblem'>, experimentId: string, ownerId: string) {
    const parts = isLoggedModelId(ownerId) ? ['models', ownerId] : [ownerId];
    this.all = `${[experimentId, ...parts].join('/')}/`;
    this.#root = `${this.all}artifacts/`;
    this.#store = store;
  }

  /** Of what is known of an upload in parts while it is open. */
  ofUpload(uploadId: string): string {
    return `${this.all}uploads/${uploadId}`;
  }

  get adopting(): string {
    return `${this.all}adopting/`;
  }

  /** @throws RidgelineError ARTIFACT_PATH_INVALID */
  of(path: string): string {
    const key = this.#root + path;
    const problem = relativePathProblem(path) ?? nameProblem(path) ?? this.#store.keyProblem(key);
    if (problem !== null) throw pathInvalid(path, problem);
    return key;
  }

  /** What the keys below a folder begin with; by default below the root. */
  below(folder?: string): string {
    return folder === undefined ? this.#root : `${this.of(folder)}/`;
  }

  pathOf(key: string): string {
    return key.slice(this.#root.length).replace(/\/$/, '');
  }
}

/** The folders above a path, the nearest last. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

export function pathInvalid(path: string, problem: string): RidgelineError {
  return new RidgelineError(
    'ARTIFACT_PATH_INVALID',
    `artifact path ${JSON.stringify(path)} cannot be used: ${problem}; ` +
      `give a relative path such as 'model/MLmodel'`,
  );
}

function nameProblem(path: string): string | null {
  return path.split('/').includes(emptyFolderName) ? 'one of its names is kept for us' : null;
}
