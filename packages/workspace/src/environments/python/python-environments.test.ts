import { execFile, execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useTemporaryDatabase } from '../../database/temporary-database.fixture.ts';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { Environments } from '../environments.ts';
import { writeFakePython } from './fake-python.fixture.ts';

const run = promisify(execFile);
const opened = useTemporaryDatabase();
let folder: string;
let bin: string;
let environments: Environments;

beforeEach(async () => {
  folder = await temporaryFolder();
  bin = join(folder, 'bin');
  await mkdir(bin);
  environments = open();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function open(): Environments {
  return new Environments({ database: opened.database, folder: join(folder, 'environments') });
}

async function prepare(python: string, pip: readonly string[] = [], signal?: AbortSignal) {
  const condaFile = { dependencies: [python, { pip }] };
  const { name, version } = await environments.create({ name: 'e', condaFile });
  const said: string[] = [];
  const onProgress = (text: string) => said.push(text);
  const reference = `azureml:${name}:${version}`;
  return { ...(await environments.prepare(reference, folder, { onProgress, signal })), said };
}

describe('which Python is taken', () => {
  beforeEach(() => vi.stubEnv('PATH', bin));

  test('the one whose version is asked for, by its own name', async () => {
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    await writeFakePython(bin, { name: 'python3.11', version: '3.11.9' });
    expect((await prepare('python=3.11')).said[0]).toContain('(Python 3.11.9, 0 requirements)');
    expect((await prepare('python>=3.12')).said[0]).toContain('(Python 3.13.1, 0 requirements)');
  });

  test('the one that the server was told of, before all others', async () => {
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    const other = join(folder, 'other');
    await writeFakePython(other, { name: 'python', version: '3.12.4' });
    vi.stubEnv('RIDGELINE_PYTHON', join(other, 'python'));
    expect((await prepare('python')).said[0]).toContain('(Python 3.12.4, ');
  });

  test('none: it is said that there is none, and how to get it', async () => {
    await expect(prepare('python=3.11')).rejects.toMatchObject({
      code: 'ENVIRONMENT_TOOL_MISSING',
      message: expect.stringMatching(
        /needs Python ==3\.11\.\*, and this machine has none.*apt-get install python3\.11 python3\.11-venv/,
      ),
    });
  });

  test('none of the right version: it is said which there are', async () => {
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    await expect(prepare('python=3.8')).rejects.toThrow('and this machine has only 3.13.1 (');
  });

  test('none with what makes environments: it is said what it lacks', async () => {
    await writeFakePython(bin, { name: 'python3', version: '3.13.1', hasVenv: false });
    await expect(prepare('python')).rejects.toThrow('lacks its modules venv and ensurepip');
  });

  test('not a program that is no Python', async () => {
    await writeFile(join(bin, 'python3'), '#!/bin/sh\necho 7\n', { mode: 0o700 });
    await expect(prepare('python')).rejects.toMatchObject({ code: 'ENVIRONMENT_TOOL_MISSING' });
  });
});

describe('making', () => {
  beforeEach(() => vi.stubEnv('PATH', bin));

  test('is done once for two steps at once, and for another environment of the same content', async () => {
    const pip = `echo once >> ${join(folder, 'count')}`;
    await writeFakePython(bin, { name: 'python3', version: '3.13.1', pip });
    const [first, second] = await Promise.all([prepare('python', ['a']), prepare('python', ['a'])]);
    await environments.create({ name: 'other', requirements: ['a'] });
    environments = open();
    const third = await environments.prepare('azureml:other@latest', folder);
    expect(new Set([first, second, third].map(({ env }) => env.VIRTUAL_ENV)).size).toBe(1);
    expect(await readFile(join(folder, 'count'), 'utf8')).toBe('once\n');
    expect((await prepare('python', ['a'])).said).toEqual([
      "Reusing environment 'azureml:e:1' (Python 3.13.1, 1 requirements)",
    ]);
  });

  test('is done anew with another Python', async () => {
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    const first = await prepare('python');
    await writeFakePython(bin, { name: 'python3', version: '3.14.0' });
    environments = open();
    expect((await prepare('python')).env.VIRTUAL_ENV).not.toBe(first.env.VIRTUAL_ENV);
  });

  test('that fails quotes what pip has said, and is tried again', async () => {
    const pip = 'echo no such package >&2; exit 1';
    await writeFakePython(bin, { name: 'python3', version: '3.13.1', pip });
    const failed = { code: 'ENVIRONMENT_CANNOT_PREPARE', status: 500 };
    const asked = prepare('python', ['a']);
    await expect(asked).rejects.toMatchObject(failed);
    await expect(asked).rejects.toThrow(/pip ended with exit code 1; .*\n.*\nno such package$/s);
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    expect((await prepare('python', ['a'])).env.VIRTUAL_ENV).toMatch(folder);
  });

  test('is broken off by a cancel, and leaves nothing that is taken for complete', async () => {
    const pip = 'echo waiting; exec /bin/sleep 1000';
    await writeFakePython(bin, { name: 'python3', version: '3.13.1', pip });
    const controller = new AbortController();
    const asked = prepare('python', ['a'], controller.signal);
    const log = () => readBuildLog(join(folder, 'environments'));
    await vi.waitFor(async () => expect(await log()).toContain('waiting'), { timeout: 20_000 });
    controller.abort(new Error('cancelled'));
    await expect(asked).rejects.toThrow('cancelled');
    await writeFakePython(bin, { name: 'python3', version: '3.13.1' });
    environments = open();
    expect((await prepare('python', ['a'])).said[0]).toMatch(/^Making environment/);
  });
});

async function readBuildLog(root: string): Promise<string> {
  const names = await readdir(root, { recursive: true });
  const log = names.find((name) => name.endsWith('build.log'));
  return log === undefined ? '' : readFile(join(root, log), 'utf8');
}

const python = findRealPython();

// No network: what pip does with packages is told by `npm run test:interop`.
describe.skipIf(python === null)(
  python === null ? 'a real Python (skipped: this machine has no python3)' : 'a real Python',
  () => {
    test('runs a step in an environment of its own', async () => {
      const { env } = await prepare('python');
      await writeFile(join(folder, 'step.py'), 'import sys; print(sys.prefix)');
      await appendFile(join(folder, 'step.py'), '\n');
      const { stdout } = await run('python', ['step.py'], { cwd: folder, env });
      expect(stdout.trim()).toBe(env.VIRTUAL_ENV);
    });
  },
);

function findRealPython(): string | null {
  try {
    const question = 'import sys, venv, ensurepip; print(sys.executable)';
    return execFileSync('python3', ['-c', question], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
}
