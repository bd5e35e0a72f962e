// What a repository's folder says about itself: its root, name, branch, commit and where it came
// from. A folder without git is a repository too, with less to say.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { cannotRead } from './disk-error.ts';
import { git, tryGit } from './git.ts';

export interface RepositoryFacts {
  readonly root: string;
  readonly name: string;
  readonly isGit: boolean;
  /** e.g. `refs/heads/main`. */
  readonly branch: string;
  /** Empty where there is none. */
  readonly commit: string;
  readonly author: string;
  readonly message: string;
  readonly uri: string;
}

const noCommit = { commit: '', author: '', message: '' };

export async function readRepositoryFacts(folder: string): Promise<RepositoryFacts> {
  const top = await tryGit(folder, ['rev-parse', '--show-toplevel']);
  const root = top === undefined ? await realFolder(folder) : top.trimEnd();
  if (top === undefined)
    return { root, ...nameOf(root, ''), isGit: false, branch: 'refs/heads/main', ...noCommit };
  const origin = (await tryGit(root, ['remote', 'get-url', 'origin']))?.trim() ?? '';
  const branch = await branchOf(root);
  return {
    root,
    ...nameOf(root, withoutCredentials(origin)),
    isGit: true,
    branch,
    ...(await headOf(root)),
  };
}

async function realFolder(folder: string): Promise<string> {
  return realpath(folder).catch((error: unknown) => {
    throw cannotRead(folder, error);
  });
}

async function branchOf(root: string): Promise<string> {
  const named = await tryGit(root, ['symbolic-ref', '--quiet', 'HEAD']);
  return named?.trim() || 'refs/heads/main';
}

async function headOf(root: string) {
  const head = await tryGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (head === undefined) return noCommit;
  const text = await git(root, ['log', '-1', '--format=%H%x00%an%x00%B']);
  const [commit = '', author = '', message = ''] = text.split('\0');
  return { commit, author, message: message.trim() };
}

function nameOf(root: string, uri: string): { readonly name: string; readonly uri: string } {
  const last = uri
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1);
  return { name: last || path.basename(root), uri: uri || `file://${root}` };
}

function withoutCredentials(address: string): string {
  return address.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1');
}
