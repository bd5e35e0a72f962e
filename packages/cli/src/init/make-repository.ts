// A new project is a git repository with its first commit, which its delivery pipelines build: unless
// git is not there, or a repository around it has it already.
import { git, tryGit } from '@ridgeline/azure-pipelines/git';
import { commitAll } from '../git/commit-folder.ts';

export async function makeRepository(folder: string): Promise<void> {
  if ((await tryGit(folder, ['--version'])) === undefined) return;
  if ((await tryGit(folder, ['rev-parse', '--is-inside-work-tree'])) !== undefined) return;
  await git(folder, ['init', '--quiet', '--initial-branch=main']);
  await commitAll({ folder, words: [] }, 'A new project');
}
