import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nextCounter, peekCounter } from './counter-file.ts';
import { isAlive, ownIdentity } from './process-identity.ts';
import { asFileName } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import { RunStore } from './run-store.ts';
import { readTrueRun, settle } from './settle-dead-run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'run-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const storeAt = (name: string) => new RunStore(path.join(folder, name, 'ci'));

function recordOf(number: number, change: Partial<RunRecord> = {}): RunRecord {
  const job = { id: 'S.J@1', state: 'running', result: null, mark: 'none', steps: [] } as const;
  const record = { number, state: 'running', result: null, process: ownIdentity(), jobs: [job] };
  return { ...record, ...change } as unknown as RunRecord;
}

describe('a store of runs', () => {
  test('gives each run a number of its own, also to those that ask at once', async () => {
    const stores = Array.from({ length: 8 }, () => storeAt('at-once'));
    const made = await Promise.all(stores.map((store) => store.create()));
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('reads the newest, or the one that is named', async () => {
    const store = storeAt('read');
    for (const _ of [1, 2]) store.write(recordOf((await store.create()).number));
    expect((await store.read()).number).toBe(2);
    expect((await store.read(1)).number).toBe(1);
    await expect(store.read(3)).rejects.toThrow('there is no run 3');
  });

  test('keeps what is no run out, and itself out of git', async () => {
    const store = storeAt('others');
    await store.create();
    for (const name of ['counters.json', '0', '-1', '1e9', 'x'])
      writeFileSync(path.join(store.folder, name), '');
    expect(await store.numbers()).toEqual([1]);
    expect(readFileSync(path.join(store.folder, '..', '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('leaves a run alone whose process lives', async () => {
    const store = storeAt('alive');
    store.write(recordOf((await store.create()).number));
    expect((await readTrueRun(store)).state).toBe('running');
  });

  test('tells a run as abandoned whose process is gone, with its jobs', async () => {
    const store = storeAt('dead');
    const child = spawn(process.execPath, ['-e', '']);
    const { pid = 0 } = child;
    await once(child, 'close');
    const { number } = await store.create();
    store.write(recordOf(number, { process: { pid, startedAtTicks: '1' } }));
    const run = await readTrueRun(store);
    expect([run.state, run.jobs[0]?.state]).toEqual(['abandoned', 'abandoned']);
    expect((await store.read()).state).toBe('abandoned');
  });

  test('does not take a process for another that has its number now', () => {
    expect(isAlive(ownIdentity())).toBe(true);
    if (process.platform === 'linux')
      expect(isAlive({ ...ownIdentity(), startedAtTicks: '1' })).toBe(false);
  });

  test('keeps the results of jobs that had ended', () => {
    const ended = { ...recordOf(1).jobs[0], state: 'finished', result: 'succeeded' };
    const run = settle(recordOf(1, { jobs: [ended] as RunRecord['jobs'] }));
    expect(run.jobs[0]).toMatchObject({ state: 'finished', result: 'succeeded' });
  });
});

test('a counter begins with its seed and counts for each pipeline and prefix', async () => {
  const file = path.join((await storeAt('counters').create()).folder.path, 'counters.json');
  const next = (definition: string, prefix: string) =>
    nextCounter({ file, definition, prefix }, 100);
  const values = [
    next('A', 'p'),
    next('A', 'p'),
    next('A', 'q'),
    next('B', 'p'),
    next('A', '__proto__'),
  ];
  expect(values).toEqual([100, 101, 100, 100, 100]);
  expect(peekCounter({ file, definition: 'A', prefix: 'p' }, 100)).toBe(102);
  expect(next('A', 'p')).toBe(102);
});

test.each([
  ['Build.Test.py39', 'Build.Test.py39'],
  ['../../etc/passwd', 'etc-passwd'],
  ['Run: all "tests" | more', 'Run-all-tests-more'],
  ['日本', 'unnamed'],
  ['.', 'unnamed'],
])('%s as a file is %s', (name, file) => {
  expect(asFileName(name)).toBe(file);
});
