import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commitAll } from '../../git/commit-folder.ts';
import { openRepository } from './project-repository.ts';

let clone: string;
let project: string;
let workspace: string;

beforeEach(async () => {
  clone = await realpath(await mkdtemp(path.join(tmpdir(), 'project-repository-')));
  project = path.join(clone, 'my project');
  workspace = path.join(project, 'my workspace');
  await mkdir(path.join(project, 'node_modules'), { recursive: true });
  await mkdir(workspace);
  await writeFile(path.join(project, 'node_modules/package.js'), '');
  await writeFile(path.join(project, 'parameters.json'), '{}');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(clone, { recursive: true, force: true });
});

const open = () => openRepository(project, workspace);
const filesOf = async (location: string) =>
  (
    await git(location, [
      '--git-dir',
      location,
      'ls-tree',
      '--full-tree',
      '-r',
      '--name-only',
      'main',
    ])
  ).trim();

describe('a folder that is no repository', () => {
  test('gets one in the workspace, without packages and without the workspace', async () => {
    const made = await open();
    expect(made).toMatchObject({ isNew: true, branch: 'main', changedFiles: ['parameters.json'] });
    expect(made.location).toBe(path.join(workspace, 'repositories/my project.git'));
    expect(await filesOf(made.location)).toBe('parameters.json');
  });

  test('has its changes committed when it is opened again, and else no commit', async () => {
    const first = await open();
    expect(await open()).toMatchObject({ isNew: false, commit: first.commit, changedFiles: [] });
    await writeFile(path.join(project, 'parameters.json'), '{"alpha": 1}');
    await writeFile(path.join(project, 'new.ts'), '');
    const changed = await open();
    expect(changed.changedFiles).toEqual(['new.ts', 'parameters.json']);
    expect(changed.commit).not.toBe(first.commit);
  });

  test('takes commits of a person who has told git no name', async () => {
    vi.stubEnv('HOME', clone);
    vi.stubEnv('XDG_CONFIG_HOME', clone);
    const { location } = await open();
    await writeFile(path.join(project, 'parameters.json'), '{"alpha": 0.4}');
    await git(location, ['--git-dir', location, 'commit', '-am', 'a better alpha']);
    expect(await git(location, ['--git-dir', location, 'show', '--format=%s', '-s'])).toContain(
      'a better alpha',
    );
  });

  test('is told by its place, in quotes where that has blanks', async () => {
    const { gitCommand, location } = await open();
    expect(gitCommand).toBe(`git --git-dir '${location}'`);
  });
});

test('the folder of a larger clone gets a repository of its own', async () => {
  await git(clone, ['init', '--quiet']);
  await commitAll({ folder: clone, words: [] }, 'all of it');
  expect((await open()).location).toContain(workspace);
});

describe('the root of a repository', () => {
  test('without a commit has nothing that could be built: it gets another', async () => {
    await git(project, ['init', '--quiet']);
    expect((await open()).location).toContain(workspace);
  });

  test('is built as it is committed, on the branch that is checked out', async () => {
    await git(project, ['init', '--quiet', '--initial-branch=trunk']);
    await writeFile(path.join(project, '.gitignore'), 'node_modules\nmy workspace\n');
    const commit = await commitAll({ folder: project, words: [] }, 'mine');
    await writeFile(path.join(project, 'parameters.json'), 'not yet');
    expect(await open()).toMatchObject({
      location: project,
      branch: 'trunk',
      commit,
      changedFiles: [],
      uncommittedFiles: ['parameters.json'],
    });
    await git(project, ['checkout', '--quiet', '--detach']);
    expect((await open()).branch).toBeNull();
  });
});
