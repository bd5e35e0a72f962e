// The variable, in processes that keep what they have compiled, and in one that does not.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'compile-cache-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const here = new URL('./compile-cache.ts', import.meta.url);

async function variableAfter(program: string, environment: Record<string, string> = {}) {
  const { NODE_COMPILE_CACHE: _, ...others } = process.env;
  const code = `${program}
    const { compileCacheVariable } = await import(${JSON.stringify(here)});
    console.log(JSON.stringify(compileCacheVariable()));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', code],
    { env: { ...others, ...environment } },
  );
  return JSON.parse(stdout);
}

test('names the folder that the process has chosen, and a program that is given it uses that', async () => {
  const enable = `(await import('node:module')).enableCompileCache(${JSON.stringify(folder)});`;
  const variable = await variableAfter(enable);
  expect(variable).toEqual({ NODE_COMPILE_CACHE: folder });
  const versions = await readdir(folder);
  expect(await variableAfter('', variable)).toEqual(variable);
  expect(await readdir(folder)).toEqual(versions);
});

test('names the folder that it was told', async () => {
  const told = { NODE_COMPILE_CACHE: path.join(folder, 'told') };
  expect(await variableAfter('', told)).toEqual(told);
});

test('is none where nothing is kept', async () => {
  expect(await variableAfter('')).toEqual({});
  expect(await variableAfter('', { NODE_COMPILE_CACHE: '' })).toEqual({});
});
