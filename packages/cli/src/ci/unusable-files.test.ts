// Files and folders that cannot be used, in the place of each that an option names.
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

const project = new Project({
  'azure-pipelines.yml': 'steps:\n- checkout: none\n- script: echo\n',
  empty: '',
  zeros: '\0\u0001'.repeat(2_000),
  huge: 'a'.repeat(5_000_000),
  'bad/ci/counters.json': '{',
  'counting.yml': 'variables: { n: "$[counter(\'a\', 1)]" }\nsteps:\n- checkout: none\n',
});
symlinkSync('circle', path.join(project.folder, 'circle'));
mkdirSync(path.join(project.folder, 'folder'));

const files = ['--secrets', '--connections', '--environments'] as const;

describe('a file of settings', () => {
  test.each(
    files.flatMap((option) =>
      [
        ['missing', 'FILE_NOT_FOUND: missing cannot be read: it does not exist'],
        ['folder', 'FILE_NOT_READ: folder cannot be read: it is a folder'],
        ['circle', 'FILE_NOT_READ: circle cannot be read: links in its path lead in a circle'],
        ['empty/x', 'FILE_NOT_READ: empty/x cannot be read: a part of its path is a file'],
        ['zeros', 'SETTINGS_INVALID: zeros: is no text'],
        ['huge', 'SETTINGS_INVALID: huge: is larger than 4 MiB'],
      ].map(([name = '', message = '']) => [option, name, message] as const),
    ),
  )('%s %s is told', async (option, name, message) => {
    const { code, stderr } = await project.ci('run', option, name);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  test('that is empty has no settings', async () => {
    const { stderr } = await project.ci('run', '--connections', 'empty');
    expect(stderr).toContain('SETTINGS_INVALID: empty: is empty; expected names with values');
  });

  test.each([
    ['missing', 'FILE_NOT_FOUND: missing cannot be read'],
    ['empty', 'SETTINGS_INVALID: empty: is no folder'],
  ])('--secure-files %s is told', async (name, message) => {
    expect((await project.ci('validate', '--secure-files', name)).stderr).toContain(message);
  });
});

describe('a folder of runs', () => {
  const places: [command: string, folder: string, reason: string][] = [
    ['run', 'empty', 'a part of its path is a file'],
    ['run', 'circle', 'links in its path lead in a circle'],
    ['show', 'empty', 'a part of its path is a file'],
    ['rerun --failed', 'circle', 'links in its path lead in a circle'],
  ];
  if (process.platform === 'linux') places.push(['run', '/proc/none', 'it does not exist']);

  test.each(places)('%s --workspace %s is told', async (command, folder, reason) => {
    const { code, stderr } = await project.ci(...command.split(' '), '--workspace', folder);
    expect(stderr).toContain(`ci cannot be used for runs: ${reason}; make it usable, or name`);
    expect(code).toBe(1);
  });

  test('whose counters are damaged says what to delete', async () => {
    const { code, stderr } = await project.ci('run', 'counting.yml', '--workspace', 'bad');
    expect(stderr).toMatch(/RUN_DAMAGED: .*counters\.json is damaged; delete it/);
    expect(code).toBe(1);
  });
});

test("the pipeline's own file is told as every other", async () => {
  const { stderr } = await project.ci('validate', 'circle');
  expect(stderr).toContain('FILE_NOT_READ: circle cannot be read: links in its path');
});
