import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findStepProcess, startStepProcess } from './supervise.ts';

let folder: string;
const environment = { PATH: process.env.PATH ?? '' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'step '));
  await mkdir(path.join(folder, 'code'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const log = () => readFile(path.join(folder, 'log'), 'utf8');

describe('a step process', () => {
  test('runs in its code folder and leaves its output and exit code', async () => {
    const step = await startStepProcess(folder, 'pwd; echo problem >&2; exit 3', environment);
    expect(await step.ended()).toBe(3);
    expect(await log()).toBe(`${path.join(folder, 'code')}\nproblem\n`);
  });

  test('sees the variables that it is given and no others', async () => {
    const step = await startStepProcess(folder, 'env | cut -d= -f1 | sort', {
      ...environment,
      GIVEN: '1',
    });
    await step.ended();
    const names = (await log()).trim().split('\n');
    expect(names).toEqual(
      ['GIVEN', 'OLDPWD', 'PATH', 'PWD', '_'].filter((name) => names.includes(name)),
    );
    expect(names).toContain('GIVEN');
  });

  test('is ended by SIGTERM with all its children, and may clean up', async () => {
    const command = `trap 'echo cleaned; exit 7' TERM; sleep 60 & echo ready; wait`;
    const step = await startStepProcess(folder, command, environment);
    while (!(await log().catch(() => '')).includes('ready')) await delay(10);
    step.signal('SIGTERM');
    expect(await step.ended()).toBe(7);
    expect(await log()).toBe('ready\ncleaned\n');
  });

  test('leaves no exit code when SIGKILL ends it', async () => {
    const step = await startStepProcess(folder, 'sleep 60', environment);
    step.signal('SIGKILL');
    expect(await step.ended()).toBeNull();
  });

  test('takes what it left running in the background with it', async () => {
    const survived = path.join(folder, 'survived');
    const step = await startStepProcess(
      folder,
      `(sleep 0.5; touch '${survived}') & exit 0`,
      environment,
    );
    expect(await step.ended()).toBe(0);
    await delay(800);
    expect(existsSync(survived)).toBe(false);
  });
});

describe('a step process that outlives the server', () => {
  const starter = fileURLToPath(new URL('./supervise.ts', import.meta.url));

  /** Starts a step from a process that is killed as soon as the step runs. */
  async function startAndKillStarter(command: string): Promise<void> {
    const script = `
      import { startStepProcess } from ${JSON.stringify(starter)};
      await startStepProcess(${JSON.stringify(folder)}, ${JSON.stringify(command)}, { PATH: process.env.PATH });
      console.log('started');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    while (!existsSync(path.join(folder, 'pid'))) await delay(5);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }

  test('is found while it runs, and its exit code is waited for', async () => {
    await startAndKillStarter('sleep 0.5; exit 5');
    const found = await findStepProcess(folder);
    expect(await found?.ended()).toBe(5);
  });

  test('is found after it has ended, by the exit code it left', async () => {
    await startAndKillStarter('exit 6');
    while (!existsSync(path.join(folder, 'exit-code'))) await delay(5);
    expect(await (await findStepProcess(folder))?.ended()).toBe(6);
  });

  test('is not found once it was killed with its supervisor', async () => {
    await startAndKillStarter('sleep 60');
    (await findStepProcess(folder))?.signal('SIGKILL');
    while ((await findStepProcess(folder)) !== null) await delay(5);
    expect(existsSync(path.join(folder, 'exit-code'))).toBe(false);
  });

  test('is not mistaken for a process that was given its id since', async () => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path.join(folder, 'pid'), String(process.pid));
    expect(await findStepProcess(folder)).toBeNull();
  });
});
