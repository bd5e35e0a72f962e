// What a merge commit says of its pull request: where it goes, what its head is, and whether that
// head is a branch of the repository itself.
import { branchRef, git, shortName, tryGit } from '@ridgeline/azure-pipelines';

export interface MergedPullRequest {
  /** The first parent. */
  readonly target: string;
  /** The second parent: what the pull request brings. */
  readonly head: string;
}

/** Undefined where it is no merge of two. */
export async function mergedIn(
  folder: string,
  commit: string,
): Promise<MergedPullRequest | undefined> {
  const text = await tryGit(folder, ['log', '-1', '--format=%P', commit, '--']);
  const [target, head, ...more] = (text ?? '').trim().split(' ');
  if (!target || head === undefined || more.length > 0) return undefined;
  return { target, head };
}

/**
 * The branch that a commit is on: `preferred` where it can be that, else one that ends there, else one
 * that holds it. A target branch may have gone on since its pull request was merged.
 */
export async function branchOf(folder: string, commit: string, preferred: string): Promise<string> {
  for (const how of ['--points-at', '--contains']) {
    const branches = await branchesBy(folder, how, commit);
    const [first] = branches;
    if (branches.includes(preferred)) return preferred;
    if (first !== undefined) return first;
  }
  return preferred;
}

/** The branch whose newest commit it is. Nobody but those who may push can make one. */
export async function branchAt(folder: string, commit: string): Promise<string | undefined> {
  return (await branchesBy(folder, '--points-at', commit))[0];
}

async function branchesBy(folder: string, how: string, commit: string) {
  const words = ['for-each-ref', '--format=%(refname)', how, commit, 'refs/heads'];
  const text = await tryGit(folder, words);
  return (text ?? '').split('\n').filter((name) => name !== '');
}

export async function isMergedInto(folder: string, head: string, target: string): Promise<boolean> {
  const base = await tryGit(folder, ['merge-base', target, head]);
  return base?.trim() === head;
}

/** A branch as people call it. */
export function calledBranch(ref: string): string {
  return `'${shortName(branchRef(ref))}'`;
}

/** Every commit → its parents, asked for at once. */
export async function parentsOf(
  folder: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const parents = new Map<string, readonly string[]>();
  for (let at = 0; at < commits.length; at += maxAtOnce) {
    const some = commits.slice(at, at + maxAtOnce);
    const text = await git(folder, ['rev-list', '--no-walk=unsorted', '--parents', ...some, '--']);
    for (const line of text.split('\n')) {
      const [commit = '', ...own] = line.split(' ');
      parents.set(commit, own);
    }
  }
  return parents;
}

const maxAtOnce = 200;
