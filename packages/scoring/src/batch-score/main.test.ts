import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { makeFolder, makeModelFolder } from '../../test/fixture-model.ts';

const bin = fileURLToPath(new URL('../../bin/ridgeline-batch-score.mjs', import.meta.url));
let modelFolder: string;
let folder: string;

beforeAll(async () => {
  modelFolder = await makeModelFolder();
});

beforeEach(async () => {
  folder = await makeFolder();
});

function start(words: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder });
  return { child, ended: collect(child) };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function collect(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      texts[name] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...texts };
}

function run(...words: string[]): Promise<Ended> {
  return start(['--model', modelFolder, '--input', 'in.csv', '--output', 'out.csv', ...words])
    .ended;
}

test('prints what upstream prints, the rows without a score and the count', async () => {
  await writeFile(join(folder, 'in.csv'), 'AGE,BMI,BP\n1,2,3\n1,,3\n');
  const { code, stdout, stderr } = await run('--model-name', 'diabetes_model');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    'Initializing batch scoring script...\n' +
      'Loaded model diabetes_model\n' +
      "Not scored: row 2: column 'BMI' has no value\n" +
      `All rows without a score are in ${folder}/out.csv.errors.jsonl\n` +
      `Scored 1 of 2 rows into ${folder}/out.csv\n`,
  );
});

test('--json leaves stdout to one line of JSON', async () => {
  await writeFile(join(folder, 'in.csv'), 'AGE,BMI,BP\n1,2,3\n');
  const { stdout, stderr } = await run('--json');
  expect(JSON.parse(stdout)).toMatchObject({ rowCount: 1, scoredCount: 1, failures: [] });
  expect(stderr).toContain('Initializing batch scoring script...\n');
});

test('a failed job exits with 1, its code and the rows', async () => {
  await writeFile(join(folder, 'in.csv'), 'AGE,BMI,BP\n1,,3\n');
  const { code, stderr } = await run('--error-threshold', '0');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error BATCH_ERROR_THRESHOLD_EXCEEDED: 1 row .* row 1: column 'BMI'/);
  expect(await readdir(folder)).toEqual(['in.csv']);
});

test('wrong usage exits with 2 and shows the usage', async () => {
  const { code, stdout, stderr } = await start(['--model', modelFolder]).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error BATCH_ARGUMENT_INVALID: --input is required\n\nUsage: /);
});

test('--help shows an example and exits with 0', async () => {
  const { code, stdout } = await start(['--help']).ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Example:\n  ridgeline-batch-score --model');
});

test.each([
  ['SIGKILL', null, ''],
  ['SIGTERM', 1, 'error BATCH_CANCELED: canceled after '],
] as const)('%s in the middle leaves no output', async (signal, code, message) => {
  await writeMillionRows(join(folder, 'in.csv'));
  const { child, ended } = start([
    ...['--model', modelFolder, '--input', 'in.csv', '--output', 'out.csv'],
  ]);
  await expect.poll(() => partialBytes(), { timeout: 20_000 }).toBeGreaterThan(100_000);
  child.kill(signal);
  const result = await ended;
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
  const left = await readdir(folder);
  expect(left).not.toContain('out.csv');
  if (signal === 'SIGTERM') expect(left).toEqual(['in.csv']);
});

async function partialBytes(): Promise<number> {
  const partial = (await readdir(folder)).find((name) => name.endsWith('.partial'));
  return partial === undefined ? 0 : (await readFile(join(folder, partial))).length;
}

async function writeMillionRows(path: string): Promise<void> {
  const file = await open(path, 'w');
  await file.write('AGE,BMI,BP\n');
  const block = '1.25,2.5,3.75\n'.repeat(10_000);
  for (let written = 0; written < 100; written += 1) await file.write(block);
  await file.close();
}
