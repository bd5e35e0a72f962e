// A real git repository that a test pushes to, and that publishes pull requests as servers do.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';

const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];

export class LabRepository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async init(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...words: readonly string[]): Promise<string> {
    return git(this.folder, [...author, ...words]);
  }

  async commitOf(ref: string): Promise<string> {
    return (await this.git('rev-parse', ref)).trim();
  }

  /** On the branch that stands there, or on a new one. */
  async push(
    files: Readonly<Record<string, string>>,
    { branch, message = 'change' }: { branch?: string; message?: string } = {},
  ): Promise<string> {
    if (branch !== undefined) await this.git('checkout', '--quiet', '-B', branch);
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.commitOf('HEAD');
  }

  async checkout(branch: string): Promise<void> {
    await this.git('checkout', '--quiet', branch);
  }

  /** A commit that no branch has, as of a fork; the branch that stands there stays. */
  async pushToFork(files: Readonly<Record<string, string>>): Promise<string> {
    await this.git('checkout', '--quiet', '--detach');
    const commit = await this.push(files);
    await this.checkout('main');
    return commit;
  }

  /** As GitHub shows a pull request: its head, and its merge into a branch. */
  async openPull(number: number, head: string, target = 'main'): Promise<string> {
    await this.git('update-ref', `refs/pull/${number}/head`, head);
    return this.mergePull(number, head, target);
  }

  /** As Azure Repos does: the merge alone. */
  async mergePull(number: number, head: string, target = 'main'): Promise<string> {
    const tree = await this.git('merge-tree', '--write-tree', target, head);
    const parents = ['-p', target, '-p', head];
    const words = ['commit-tree', tree.trim(), ...parents, '-m', `merge ${number}`];
    const merge = (await this.git(...words)).trim();
    await this.git('update-ref', `refs/pull/${number}/merge`, merge);
    return merge;
  }
}
