// What triggers read of a repository: what it publishes, the pipeline's file in a commit, what a push
// has changed, and what a pull request is merged of. Nothing is checked out.
import { git, tryGit } from '@ridgeline/azure-pipelines';
import { type Merge, mergeCommits } from '../../builds/repository/merge-commits.ts';
import {
  branchAt,
  branchOf,
  isMergedInto,
  type MergedPullRequest,
  mergedIn,
  parentsOf,
} from '../../builds/repository/merged-pull-request.ts';
import { type PublishedRefs, publishedPatterns, readPublishedRefs } from './published-refs.ts';

const maxFileBytes = 21 * 1024 * 1024;

export class RepositoryView {
  readonly #location: string;
  readonly #folder: () => Promise<string>;

  /**
   * @param location a folder or an address, as git takes it.
   * @param folder gives a repository on this machine that has all that the location has now.
   */
  constructor(location: string, folder: () => Promise<string>) {
    this.#location = location;
    this.#folder = folder;
  }

  async refs(): Promise<PublishedRefs> {
    const words = ['ls-remote', '--', this.#location, ...publishedPatterns];
    return readPublishedRefs(await git('.', words));
  }

  /** Undefined where the commit has no such file, or none that could be a pipeline. */
  async fileAt(commit: string, path: string): Promise<string | undefined> {
    const folder = await this.#folder();
    const name = `${commit}:${path}`;
    const size = await tryGit(folder, ['cat-file', '-s', name]);
    if (size === undefined || Number(size) > maxFileBytes) return undefined;
    return tryGit(folder, ['cat-file', 'blob', name]);
  }

  async messageOf(commit: string): Promise<string> {
    const text = await tryGit(await this.#folder(), ['log', '-1', '--format=%B', commit, '--']);
    return text ?? '';
  }

  /** From the root of the repository; undefined where the two cannot be compared. */
  async changedPaths(before: string, after: string): Promise<readonly string[] | undefined> {
    const words = ['diff', '--name-only', '--no-renames', '-z', before, after, '--'];
    const text = await tryGit(await this.#folder(), words);
    return text?.split('\0').filter((name) => name !== '');
  }

  /** The commit that two have in common; undefined where there is none. */
  async forkOf(one: string, other: string): Promise<string | undefined> {
    const text = await tryGit(await this.#folder(), ['merge-base', one, other]);
    return text?.trim();
  }

  async mergedIn(commit: string): Promise<MergedPullRequest | undefined> {
    return mergedIn(await this.#folder(), commit);
  }

  async parentsOf(commits: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return commits.length === 0 ? new Map() : parentsOf(await this.#folder(), commits);
  }

  async isMergedInto(head: string, target: string): Promise<boolean> {
    return isMergedInto(await this.#folder(), head, target);
  }

  /** The branch that a commit is on; `preferred` where it can be that. */
  async branchOf(commit: string, preferred: string): Promise<string> {
    return branchOf(await this.#folder(), commit, preferred);
  }

  /** The branch whose newest commit it is. */
  async branchAt(commit: string): Promise<string | undefined> {
    return branchAt(await this.#folder(), commit);
  }

  /** @throws DeliveryError PULL_REQUEST_CONFLICT */
  async merge(merge: Omit<Merge, 'folder'>): Promise<string> {
    return mergeCommits({ ...merge, folder: await this.#folder() });
  }
}
