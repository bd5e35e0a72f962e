// The command as a process: exit codes, streams, and what a signal does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/ridgeline-automl.mjs', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'automl-main-'));
});
afterEach(() => rm(folder, { recursive: true }));

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder });
  const shown = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (piece: string) => {
      shown[name] += piece;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code, ...shown }));
  return { child, shown, ended };
}

test('--help shows an example and exits with 0', async () => {
  const { code, stdout } = await start('--help').ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Example:\n');
});

test('wrong usage exits with 2 and shows the usage', async () => {
  const { code, stdout, stderr } = await start('--input', 'rows=a.csv').ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error PROGRAM_ARGUMENT_INVALID: .*\n\nUsage: /);
});

test('a definition that is not there exits with 1 and its code', async () => {
  const { code, stderr } = await start('--definition', 'none.json').ended;
  expect(code).toBe(1);
  expect(stderr).toBe(
    "error DEFINITION_INVALID: the definition 'none.json' cannot be read: ENOENT\n",
  );
});

test('SIGTERM ends the search with the best so far, and exits with 0', {
  timeout: 90_000,
}, async () => {
  const rows = Array.from({ length: 400 }, (_, i) => `${Math.sin(i)},${i % 7},${Math.cos(i) * 3}`);
  await writeFile(path.join(folder, 'rows.csv'), `x,z,y\n${rows.join('\n')}\n`);
  const definition = { targetColumn: 'y', trainingData: 'rows', limits: { timeoutMinutes: 60 } };
  await writeFile(path.join(folder, 'step.json'), JSON.stringify(definition));
  const inputs = ['--input', 'rows=rows.csv', '--output', 'best_model=model'];
  const { child, shown, ended } = start('--definition', 'step.json', ...inputs);
  await expect.poll(() => shown.stdout, { timeout: 60_000 }).toContain('Trial ');
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('it was stopped; the best so far was kept');
  expect(await readdir(path.join(folder, 'model'))).toContain('MLmodel');
});
