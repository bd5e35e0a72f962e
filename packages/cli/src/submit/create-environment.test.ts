import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnvironmentFile, readPackagesFile } from './create-environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'environment-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

const condaFile = { dependencies: ['python=3.11', { pip: ['six'] }] };
const conda = 'dependencies: [python=3.11, {pip: [six]}]\n';

describe('an environment YAML', () => {
  test('brings the conda file that it names, which lies beside it', async () => {
    await file('conda.yml', conda);
    const place = await file(
      'environment.yml',
      'name: training\nversion: 3\nimage: base\ntags: {team: a}\nconda_file: conda.yml\n',
    );
    expect(await readEnvironmentFile(place)).toEqual({
      name: 'training',
      version: '3',
      image: 'base',
      tags: { team: 'a' },
      condaFile,
    });
  });

  test('may hold the conda file, or name a requirements list', async () => {
    const inline = await file('a.yml', `name: a\nconda_file:\n  ${conda}`);
    expect(await readEnvironmentFile(inline)).toMatchObject({ condaFile });
    await file('requirements.txt', 'six==1.17\r\n# why\n');
    const listed = await file('b.yml', 'name: b\nconda_file: requirements.txt\n');
    expect(await readEnvironmentFile(listed)).toMatchObject({
      requirements: ['six==1.17', '# why', ''],
    });
  });

  test.each([
    ['of nothing', 'name: a\n', 'FILE_INVALID', "needs 'conda_file'"],
    ['with a build', 'name: a\nbuild: {path: .}\n', 'FILE_INVALID', 'builds a container image'],
    ['without its conda file', 'name: a\nconda_file: x.yml\n', 'FILE_NOT_FOUND', 'x.yml'],
  ])('%s is refused', async (_what, content, code, words) => {
    const place = await file('environment.yml', content);
    await expect(readEnvironmentFile(place)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });
});

test('a conda file that is none is refused with the place', async () => {
  const place = await file('conda.yml', 'dependencies:\n  - a\n bad');
  await expect(readPackagesFile(place)).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringMatching(/conda\.yml.*:?3/s),
  });
});
