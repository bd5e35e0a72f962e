// The git repository that the delivery pipelines build: the project's own, where its folder is the
// root of one that has a commit. Else, as for a folder of a larger clone, the workspace keeps one for
// it, whose work tree is the project's folder: nothing is copied, and no file of git is put there.
import { existsSync, realpathSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { git, tryGit } from '@ridgeline/azure-pipelines/git';
import { commitAll, knowsPerson, type WorkTree } from '../../git/commit-folder.ts';

export interface ProjectRepository {
  /** What a delivery pipeline has for its repository. */
  readonly location: string;
  /** Null where no branch is checked out. */
  readonly branch: string | null;
  /** Made just now. */
  readonly isNew: boolean;
  readonly commit: string;
  /** Files, as far as they were committed just now. */
  readonly changedFiles: readonly string[];
  /** Changes that are not committed, which no build sees. */
  readonly uncommittedFiles: readonly string[];
  /** What a person types before `commit`, such as `git -C FOLDER`. */
  readonly gitCommand: string;
}

const branchOfKept = 'main';
// As a project without a .gitignore would commit its packages.
const neverKept = ['node_modules', '.ridgeline', '.env'];

export async function openRepository(
  folder: string,
  workspace: string,
): Promise<ProjectRepository> {
  return (await ownRepository(folder)) ?? (await keptRepository(folder, workspace));
}

async function ownRepository(folder: string): Promise<ProjectRepository | null> {
  const root = (await tryGit(folder, ['rev-parse', '--show-toplevel']))?.trim();
  if (root === undefined || realpathSync(root) !== realpathSync(folder)) return null;
  const commit = (await tryGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
  if (commit === undefined) return null;
  const branch = await tryGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return {
    location: folder,
    branch: branch?.trim() ?? null,
    isNew: false,
    commit,
    changedFiles: [],
    uncommittedFiles: paths(await git(folder, ['status', '--porcelain', '-z']), 3),
    gitCommand: path.relative('', folder) === '' ? 'git' : `git -C ${shortPath(folder)}`,
  };
}

async function keptRepository(folder: string, workspace: string): Promise<ProjectRepository> {
  const location = path.join(workspace, 'repositories', `${path.basename(folder)}.git`);
  const tree: WorkTree = { folder, words: ['--git-dir', location, '--work-tree', folder] };
  const isNew = !existsSync(path.join(location, 'HEAD'));
  if (isNew) await makeKept(location, workspace, folder);
  // The folder may have moved since.
  await git(location, ['--git-dir', location, 'config', 'core.worktree', folder]);
  const before = await tryGit(folder, [...tree.words, 'rev-parse', '--verify', 'HEAD']);
  const made = await commitAll(tree, isNew ? 'The project' : 'Changes of the project');
  const commit = made ?? before?.trim() ?? '';
  return {
    location,
    branch: branchOfKept,
    isNew,
    commit,
    changedFiles: made === null ? [] : await filesOf(tree, commit),
    uncommittedFiles: [],
    gitCommand: `git --git-dir ${shortPath(location)}`,
  };
}

async function makeKept(location: string, workspace: string, folder: string): Promise<void> {
  await mkdir(location, { recursive: true });
  const init = ['init', '--quiet', `--initial-branch=${branchOfKept}`];
  await git(location, ['--git-dir', location, '--work-tree', folder, ...init]);
  await namePerson(location);
  const own = path.relative(folder, workspace);
  const inside = own.startsWith('..') || path.isAbsolute(own) ? [] : [`/${own}/`];
  await mkdir(path.join(location, 'info'), { recursive: true });
  await appendFile(
    path.join(location, 'info/exclude'),
    `${[...neverKept, ...inside].join('\n')}\n`,
  );
}

/** Who has told git no name can still commit to it as they were told to. */
async function namePerson(location: string): Promise<void> {
  const words = ['--git-dir', location];
  if (await knowsPerson({ folder: location, words })) return;
  const { username } = userInfo();
  await git(location, [...words, 'config', 'user.name', username]);
  await git(location, [...words, 'config', 'user.email', `${username}@localhost`]);
}

async function filesOf({ folder, words }: WorkTree, commit: string): Promise<readonly string[]> {
  const show = ['show', '--name-only', '--format=', '-z', commit];
  return paths(await git(folder, [...words, ...show]), 0);
}

function paths(text: string, skip: number): readonly string[] {
  return text.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(skip)]));
}

/** As a person would type it from where the command runs. */
export function shortPath(folder: string): string {
  const relative = path.relative('', folder);
  const text = relative.startsWith('..') ? folder : relative;
  return /[^\w./-]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : text;
}
