// What triggers read of a repository: where its branches stand, the pipeline's file in a commit, and
// what a push has changed. Nothing is checked out.
import { git, tryGit } from '@ridgeline/azure-pipelines';

/** Object names only: what is handed to git must not be read as an option. */
const objectName = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
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

  /** Branches and tags in full → their commits. */
  async heads(): Promise<ReadonlyMap<string, string>> {
    const text = await git('.', ['ls-remote', '--heads', '--tags', '--', this.#location]);
    const heads = new Map<string, string>();
    for (const line of text.split('\n')) {
      const [commit = '', name = ''] = line.split('\t');
      // Behind the object of an annotated tag stands the commit that it is about.
      if (objectName.test(commit)) heads.set(name.replace(/\^\{\}$/, ''), commit);
    }
    return heads;
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
}
