// `checkout` on the machine of who wrote it: the repository at its commit, and over it what stands
// changed, new or deleted in the working tree, as people debug what they have not yet committed.
// What git ignores stays behind.
import { cp, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CheckoutOptions } from '../task/task-host.ts';
import { git, tryGit } from './git.ts';
import { LocalRunError } from './local-run-error.ts';
import type { RepositoryFacts } from './repository-facts.ts';

export interface CopyRequest {
  readonly from: RepositoryFacts;
  readonly into: string;
  readonly options: CheckoutOptions;
  /** The folder of the runs, which is never copied into one of them. */
  readonly without: string;
  readonly signal: AbortSignal;
}

/** How many files differ from the commit. */
export async function copyWorkingTree(request: CopyRequest): Promise<number> {
  const { from, into, without } = request;
  await mkdir(into, { recursive: true });
  if (!from.isGit) {
    await copyFolder(from.root, into, without);
    return 0;
  }
  if (from.commit === '') await git(into, ['init', '--quiet']);
  else await checkOutCommit(request);
  const changed = await changedPaths(from);
  const own = changed.filter((file) => !isInside(path.join(from.root, file), without));
  for (const file of own) await carryOver(from.root, into, file);
  return own.length;
}

/** Of a checkout, which must not reach the repository it was made from. */
const noPush = 'file:///nowhere/a-local-run-does-not-push';

async function checkOutCommit({ from, into, options, signal }: CopyRequest): Promise<void> {
  const run = (...words: readonly string[]) => git(into, words, signal);
  await run('init', '--quiet');
  await tryGit(into, ['remote', 'remove', 'origin']);
  // A depth is heeded over a protocol only.
  await run('remote', 'add', 'origin', `file://${from.root}`);
  await run('remote', 'set-url', '--push', 'origin', noPush);
  await run('fetch', '--quiet', '--force', ...fetchWords(from, options));
  await narrow(into, options, signal);
  if (options.clean) await run('clean', '-ffdx', '--quiet');
  await run('checkout', '--quiet', '--force', '--detach', from.commit);
  await complete(into, options, signal);
}

/** The one commit that is asked for, or all branches with their history. */
function fetchWords(
  { branch }: RepositoryFacts,
  { fetchDepth, fetchTags }: CheckoutOptions,
): readonly string[] {
  const tags = fetchTags ? '--tags' : '--no-tags';
  const name = branch.replace(/^refs\/heads\//, '');
  if (fetchDepth > 0)
    return [tags, '--depth', String(fetchDepth), 'origin', `+HEAD:refs/remotes/origin/${name}`];
  // A commit that is checked out need not be on a branch.
  return [tags, 'origin', '+HEAD:refs/checkout/head', '+refs/heads/*:refs/remotes/origin/*'];
}

/** Only some folders, or what some patterns name. */
async function narrow(into: string, options: CheckoutOptions, signal: AbortSignal): Promise<void> {
  const { sparseDirectories, sparsePatterns } = options;
  const set = ['sparse-checkout', 'set'];
  if (sparseDirectories.length > 0)
    await git(into, [...set, '--cone', ...sparseDirectories], signal);
  else if (sparsePatterns.length > 0)
    await git(into, [...set, '--no-cone', ...sparsePatterns], signal);
}

/** Submodules and large files, where they are asked for. */
async function complete(
  into: string,
  options: CheckoutOptions,
  signal: AbortSignal,
): Promise<void> {
  const { submodules, lfs } = options;
  const recursive = submodules === 'recursive' ? ['--recursive'] : [];
  // A submodule beside its parent on this machine has a path for an address.
  const update = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init'];
  if (submodules !== false) await git(into, [...update, ...recursive], signal);
  if (lfs) await git(into, ['lfs', 'pull'], signal);
}

/** Both what is tracked and differs, and what is new and not ignored. */
async function changedPaths({ root, commit }: RepositoryFacts): Promise<readonly string[]> {
  const tracked =
    commit === ''
      ? ['ls-files', '-z', '--cached']
      : ['diff', '--name-only', '-z', '--no-renames', '--ignore-submodules', 'HEAD'];
  const others = ['ls-files', '-z', '--others', '--exclude-standard'];
  const lists = await Promise.all([git(root, tracked), git(root, others)]);
  return [...new Set(lists.flatMap((list) => list.split('\0')))].filter((file) => file !== '');
}

async function carryOver(root: string, into: string, file: string): Promise<void> {
  const [from, to] = [path.join(root, file), path.join(into, file)];
  await rm(to, { recursive: true, force: true });
  if ((await lstat(from).catch(() => null)) === null) return;
  await mkdir(path.dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

async function copyFolder(root: string, into: string, without: string): Promise<void> {
  if (path.resolve(root) === path.parse(root).root)
    throw new LocalRunError(
      'REPOSITORY_NOT_READ',
      `${root} is no git repository, and the whole disk is not copied; run from the repository's folder`,
    );
  await copyEntries(root, into, without);
}

/** Entry by entry: `cp` refuses a folder that lies above its target, even where a filter skips it. */
async function copyEntries(root: string, into: string, without: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const [from, to] = [path.join(root, entry.name), path.join(into, entry.name)];
    if (isInside(from, without)) continue;
    if (entry.isDirectory()) {
      await mkdir(to, { recursive: true });
      await copyEntries(from, to, without);
    } else if (entry.isFile() || entry.isSymbolicLink())
      await cp(from, to, { verbatimSymlinks: true, preserveTimestamps: true });
  }
}

export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
