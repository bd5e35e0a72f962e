// Commits all that a folder holds, as git sees it: what its .gitignore names stays out.
import { git, tryGit } from '@ridgeline/azure-pipelines/git';

/** Where git runs, and the words that turn it to a repository that is not the folder's own. */
export interface WorkTree {
  readonly folder: string;
  readonly words: readonly string[];
}

/** The new commit; null where nothing has changed. */
export async function commitAll(
  { folder, words }: WorkTree,
  message: string,
): Promise<string | null> {
  const run = (...more: readonly string[]) => git(folder, [...words, ...more]);
  await run('add', '--all');
  const isNew = (await tryGit(folder, [...words, 'rev-parse', '--verify', 'HEAD'])) === undefined;
  if (!isNew && (await run('status', '--porcelain')) === '') return null;
  const person = await personOf(folder, words);
  // Signatures and hooks are for commits that people make.
  const plain = ['-c', 'commit.gpgSign=false', '-c', 'core.hooksPath=/dev/null', ...person];
  await run(...plain, 'commit', '--quiet', '--message', message);
  return (await run('rev-parse', 'HEAD')).trim();
}

/** Who has told git no name still gets a commit. */
async function personOf(folder: string, words: readonly string[]): Promise<readonly string[]> {
  if (await knowsPerson({ folder, words })) return [];
  return ['-c', 'user.name=Ridgeline', '-c', 'user.email=ridgeline@localhost'];
}

/** Whether git knows who commits there. */
export async function knowsPerson({ folder, words }: WorkTree): Promise<boolean> {
  return (await tryGit(folder, [...words, 'config', 'user.email'])) !== undefined;
}
