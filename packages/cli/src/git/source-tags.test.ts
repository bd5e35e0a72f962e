import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceTags } from './source-tags.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'source-tags-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function git(...words: readonly string[]): string {
  const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return execFileSync('git', [...person, ...words], { cwd: folder, encoding: 'utf8' }).trim();
}

it('the files of a job are known by their commit, and whether they are still its own', async () => {
  expect(await sourceTags(folder)).toEqual({});
  git('init', '--quiet', '--initial-branch', 'main');
  expect(await sourceTags(folder)).toEqual({});
  const [job, elsewhere] = [path.join(folder, 'job'), path.join(folder, 'elsewhere')];
  for (const each of [job, elsewhere]) await mkdir(each);
  await writeFile(path.join(job, 'job.yml'), 'a');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  git('remote', 'add', 'origin', 'https://me:secret@git.example/repository.git');
  const tags = {
    'mlflow.source.git.commit': git('rev-parse', 'HEAD'),
    'mlflow.source.git.branch': 'main',
    'mlflow.source.git.repoURL': 'https://git.example/repository.git',
    'azureml.git.dirty': 'false',
  };
  expect(await sourceTags(job)).toEqual(tags);
  await writeFile(path.join(elsewhere, 'other'), 'b');
  expect(await sourceTags(job)).toEqual(tags);
  await writeFile(path.join(job, 'new'), 'c');
  expect(await sourceTags(job)).toEqual({ ...tags, 'azureml.git.dirty': 'true' });
  git('checkout', '--quiet', '--detach');
  expect(await sourceTags(job)).not.toHaveProperty(['mlflow.source.git.branch']);
});
