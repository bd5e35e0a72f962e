// Checkouts and templates from folders, with the real git.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckoutOptions } from '../task/task-host.ts';
import { copyWorkingTree } from './copy-working-tree.ts';
import { readRepositoryFacts } from './repository-facts.ts';
import { FolderSource } from './repository-source.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'repositories-')));
const root = path.join(folder, 'product');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@example.com', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
};

beforeAll(() => {
  mkdirSync(root);
  git('init', '--quiet', '--initial-branch=main');
  for (const name of ['a.txt', 'gone.txt', 'deep/b.txt', 'other/c.txt']) write(name, 'first\n');
  write('.gitignore', 'ignored\n');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'First\n\nand more');
  write('a.txt', 'second\n');
  git('commit', '--quiet', '-am', 'Second');
  git('remote', 'add', 'origin', 'https://me:token@example.com/team/product.git');
});

const standard: CheckoutOptions = {
  clean: false,
  fetchDepth: 1,
  fetchTags: false,
  lfs: false,
  submodules: false,
  persistCredentials: false,
  sparseDirectories: [],
  sparsePatterns: [],
};

async function copy(name: string, change: Partial<CheckoutOptions> = {}, from = root) {
  const into = path.join(folder, name);
  const changed = await copyWorkingTree({
    from: await readRepositoryFacts(from),
    into,
    options: { ...standard, ...change },
    without: path.join(root, '.ridgeline', 'ci'),
    signal: new AbortController().signal,
  });
  const read = (file: string) => readFileSync(path.join(into, file), 'utf8');
  const log = (...words: readonly string[]) =>
    execFileSync('git', words, { cwd: into, encoding: 'utf8' }).trim();
  return { into, changed, read, git: log };
}

test('a repository says its name, branch and commit, and no credentials', async () => {
  const facts = await readRepositoryFacts(path.join(root, 'deep'));
  expect(facts).toMatchObject({
    root,
    name: 'product',
    branch: 'refs/heads/main',
    author: 'Ada',
    message: 'Second',
    uri: 'https://example.com/team/product.git',
  });
  expect(facts.commit).toBe(git('rev-parse', 'HEAD').trim());
});

describe('a checkout', () => {
  test('has one commit unless all are asked for, detached', async () => {
    const one = await copy('one');
    expect(one.git('rev-list', '--count', 'HEAD')).toBe('1');
    expect(one.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD');
    const all = await copy('all', { fetchDepth: 0 });
    expect(all.git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('carries over what is changed, new, deleted, linked or made executable', async () => {
    write('a.txt', 'third\n');
    write('new/file name.txt', 'new\n');
    write('ignored/d.txt', 'ignored\n');
    write('.ridgeline/ci/1/run.json', '{}');
    write('run.sh', '#!/bin/sh\n');
    chmodSync(path.join(root, 'run.sh'), 0o755);
    symlinkSync('a.txt', path.join(root, 'link'));
    rmSync(path.join(root, 'gone.txt'));
    const { changed, read, into } = await copy('changed');
    expect(changed).toBe(5);
    expect([read('a.txt'), read('new/file name.txt'), read('deep/b.txt')]).toEqual([
      'third\n',
      'new\n',
      'first\n',
    ]);
    expect(readlinkSync(path.join(into, 'link'))).toBe('a.txt');
    expect(statSync(path.join(into, 'run.sh')).mode & 0o100).toBe(0o100);
    for (const name of ['gone.txt', 'ignored', '.ridgeline'])
      expect([name, existsSync(path.join(into, name))]).toEqual([name, false]);
  });

  test('goes into a folder that holds files, and over an earlier checkout', async () => {
    mkdirSync(path.join(folder, 'twice'));
    writeFileSync(path.join(folder, 'twice', 'own.txt'), 'own\n');
    await copy('twice');
    const again = await copy('twice');
    expect(again.read('own.txt')).toBe('own\n');
    const clean = await copy('twice', { clean: true });
    expect(existsSync(path.join(clean.into, 'own.txt'))).toBe(false);
  });

  test('cannot push to where it came from', async () => {
    const { into } = await copy('no-push');
    const push = () =>
      execFileSync('git', ['push', 'origin', 'HEAD:refs/heads/x'], { cwd: into, stdio: 'pipe' });
    expect(push).toThrow(/a-local-run-does-not-push/);
  });

  test('can be of some folders only', async () => {
    const { into } = await copy('sparse', { sparseDirectories: ['deep'] });
    expect(existsSync(path.join(into, 'deep/b.txt'))).toBe(true);
    expect(existsSync(path.join(into, 'other/c.txt'))).toBe(false);
  });

  test('is of a repository without a commit too, or of a plain folder', async () => {
    const fresh = path.join(folder, 'fresh');
    mkdirSync(fresh);
    execFileSync('git', ['init', '--quiet'], { cwd: fresh });
    writeFileSync(path.join(fresh, 'x.txt'), 'x');
    expect((await copy('of-fresh', {}, fresh)).read('x.txt')).toBe('x');
    const plain = path.join(folder, 'plain');
    mkdirSync(path.join(plain, 'in'), { recursive: true });
    writeFileSync(path.join(plain, 'in', 'y.txt'), 'y');
    expect((await copy('of-plain', {}, plain)).read('in/y.txt')).toBe('y');
  });
});

describe('templates of a folder', () => {
  const source = new FolderSource(new Map([['self', root]]));

  test('are read by their path, and are not there otherwise', async () => {
    expect(await source.read('self', 'deep/b.txt')).toBe('first\n');
    expect(await source.read('self', 'deep')).toBeUndefined();
    expect(await source.read('self', 'deep/b.txt/c')).toBeUndefined();
    expect(await source.read('other', 'deep/b.txt')).toBeUndefined();
  });

  test('never lie outside of it, by dots or by a link', async () => {
    writeFileSync(path.join(folder, 'secret.txt'), 'secret');
    symlinkSync(path.join(folder, 'secret.txt'), path.join(root, 'escape.txt'));
    expect(await source.read('self', '../secret.txt')).toBeUndefined();
    expect(await source.read('self', 'escape.txt')).toBeUndefined();
    expect(await source.read('self', 'deep/b.txt\0')).toBeUndefined();
  });
});
