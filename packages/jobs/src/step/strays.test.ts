// What leaves its process group is found by its mark, and ended.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { processesWith } from '../test/processes.ts';
import { until } from '../test/until.ts';
import { killStrays } from './strays.ts';
import { findStepProcess, startStepProcess } from './supervise.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'strays '));
  await mkdir(path.join(folder, 'code'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const environment = { PATH: process.env.PATH ?? '' };
/** Leaves its group and its parent, and names the folder in its command line. */
const leave = () =>
  `setsid sh -c 'echo gone > "$0/left"; while :; do sleep 0.1; done' '${folder}' > /dev/null 2>&1 &`;
const leftProcesses = async () =>
  (await processesWith(folder)).filter((line) => line.includes('while :'));
const untilLeft = () =>
  until('it has left', () => readFile(path.join(folder, 'left')).catch(() => null));

describe.runIf(process.platform === 'linux')('a process that has left its group', () => {
  test('ends with its step', async () => {
    const command = `${leave()}\nwhile ! test -e ../left; do sleep 0.01; done`;
    const step = await startStepProcess(folder, command, environment);
    expect(await step.ended()).toBe(0);
    expect(await leftProcesses()).toEqual([]);
  });

  test('ends when its step is killed', async () => {
    const step = await startStepProcess(folder, `${leave()}\nsleep 60`, environment);
    await untilLeft();
    step.signal('SIGKILL');
    expect(await step.ended()).toBeNull();
    expect(await leftProcesses()).toEqual([]);
  });

  test('is found by the next server, though the step has ended', async () => {
    const step = await startStepProcess(folder, `${leave()}\nsleep 60`, environment);
    await untilLeft();
    // The supervisor and its group end, and nobody is there to see it.
    const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8'));
    process.kill(-pid, 'SIGKILL');
    await until(
      'the group is gone',
      async () => (await processesWith(`${folder}/supervise`)).length === 0,
    );
    expect(await findStepProcess(folder)).toMatchObject({ state: 'ended' });
    expect(await leftProcesses()).toEqual([]);
    await step.ended();
  });
});

test('a process of another step is left alone', async () => {
  const step = await startStepProcess(
    folder,
    'while ! test -e ../go; do sleep 0.01; done',
    environment,
  );
  await killStrays(`${folder}/another step`);
  await writeFile(path.join(folder, 'go'), '');
  expect(await step.ended()).toBe(0);
});
