// `checkout` of a build: the very commit that it is pinned to, out of a copy of the repository that
// lies on this machine.
import { mkdir } from 'node:fs/promises';
import type { CheckoutOptions } from '../task/task-host.ts';
import { git, tryGit } from './git.ts';

export interface CommitCheckout {
  readonly mirror: string;
  /** Where a step that pushes would push to. */
  readonly location: string;
  readonly ref: string;
  readonly commit: string;
  readonly into: string;
  readonly options: CheckoutOptions;
  readonly signal: AbortSignal;
}

export async function checkOutCommit(request: CommitCheckout): Promise<void> {
  const { into, mirror, location, commit, options, signal } = request;
  await mkdir(into, { recursive: true });
  const run = (...words: readonly string[]) => git(into, words, signal);
  await run('init', '--quiet');
  await tryGit(into, ['remote', 'remove', 'origin']);
  await run('remote', 'add', 'origin', location);
  // A depth is heeded over a protocol only.
  await run('fetch', '--quiet', '--force', ...fetchWords(request, `file://${mirror}`));
  await narrow(request);
  if (options.clean) await run('clean', '-ffdx', '--quiet');
  await run('checkout', '--quiet', '--force', '--detach', commit);
  await complete(request);
}

function fetchWords({ ref, commit, options }: CommitCheckout, from: string): readonly string[] {
  const { fetchDepth, fetchTags } = options;
  const target = `+${commit}:refs/remotes/origin/${ref.replace(/^refs\/(?:heads\/)?/, '')}`;
  const tags = fetchTags ? '--tags' : '--no-tags';
  if (fetchDepth > 0) return [tags, '--depth', String(fetchDepth), from, target];
  return [tags, from, '+refs/heads/*:refs/remotes/origin/*', `+${commit}:refs/checkout/head`];
}

/** Only some folders, or what some patterns name. */
async function narrow({ into, options, signal }: CommitCheckout): Promise<void> {
  const { sparseDirectories, sparsePatterns } = options;
  const isCone = sparseDirectories.length > 0;
  const wanted = isCone ? sparseDirectories : sparsePatterns;
  if (wanted.length === 0) return;
  await git(into, ['sparse-checkout', 'set', isCone ? '--cone' : '--no-cone', ...wanted], signal);
}

/** Submodules and large files, where they are asked for. */
async function complete({ into, options, signal }: CommitCheckout): Promise<void> {
  const { submodules, lfs } = options;
  const recursive = submodules === 'recursive' ? ['--recursive'] : [];
  const update = ['submodule', '--quiet', 'update', '--init', ...recursive];
  if (submodules !== false) await git(into, update, signal);
  if (lfs) await git(into, ['lfs', 'pull'], signal);
}
