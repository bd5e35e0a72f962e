// A bare copy of each repository that builds use, in the workspace: a commit that was built can be
// checked out again though its branch is gone, and a repository elsewhere is asked only for news.
import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { git, tryGit } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';

const kept = [
  '+refs/heads/*:refs/heads/*',
  '+refs/tags/*:refs/tags/*',
  '+refs/pull/*:refs/pull/*',
  '+refs/merge-requests/*:refs/merge-requests/*',
];

export class Mirrors {
  readonly #folder: string;
  /** One fetch at a time for each: git locks its refs. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  folderOf(location: string): string {
    const digest = createHash('sha256').update(location).digest('hex').slice(0, 24);
    return path.join(this.#folder, `${digest}.git`);
  }

  /** Fetches what is new; gives the folder. @throws DeliveryError REPOSITORY_NOT_READ */
  async update(location: string): Promise<string> {
    const turn = (this.#turns.get(location) ?? Promise.resolve()).then(() => this.#fetch(location));
    const settled = turn.catch(() => undefined);
    this.#turns.set(location, settled);
    return turn;
  }

  async #fetch(location: string): Promise<string> {
    const folder = this.folderOf(location);
    try {
      if (!(await isThere(path.join(folder, 'HEAD')))) await makeBare(folder);
      await git(folder, ['fetch', '--quiet', '--prune', '--force', '--', location, ...kept]);
      return folder;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const message = `repository ${shown(location)} cannot be read: ${said}`;
      throw new DeliveryError('REPOSITORY_NOT_READ', message, { cause: error });
    }
  }
}

async function makeBare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await git(folder, ['init', '--quiet', '--bare']);
  const settings = {
    // A checkout takes the very commit of its build, which need not be a branch's newest.
    'uploadpack.allowAnySHA1InWant': 'true',
    'uploadpack.allowFilter': 'true',
    // Builds that are kept can be run again: their commits must not be swept away.
    'gc.auto': '0',
  };
  for (const [name, value] of Object.entries(settings)) await git(folder, ['config', name, value]);
}

/** The commit that a branch, tag or other ref stands for, or that is named itself. */
export async function resolveCommit(mirror: string, ref: string): Promise<string | undefined> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  return (await tryGit(mirror, words))?.trim();
}

export function shown(location: string): string {
  return location.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}
