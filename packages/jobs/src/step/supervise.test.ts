import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findStepProcess, startStepProcess } from './supervise.ts';

let folder: string;
const environment = { PATH: process.env.PATH ?? '' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'step '));
  await mkdir(path.join(folder, 'code'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The command lines of all processes of this machine. */
const commandLines = async () => (await promisify(execFile)('ps', ['-axo', 'args='])).stdout;

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
      ['GIVEN', 'OLDPWD', 'PATH', 'PWD', 'RIDGELINE_STEP_MARK', '_'].filter((name) =>
        names.includes(name),
      ),
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
    const marker = `sleep 60.${process.pid}`;
    const step = await startStepProcess(folder, `${marker} & exit 0`, environment);
    expect(await step.ended()).toBe(0);
    await expect.poll(() => commandLines()).not.toContain(marker);
  });

  test('may have a command that is longer than an argument can be', async () => {
    const long = 'x'.repeat(300_000);
    const step = await startStepProcess(folder, `: '${long}'; exit 4`, environment);
    expect(await step.ended()).toBe(4);
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
    while (!existsSync(path.join(folder, 'started'))) await delay(5);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }

  /** Waits for the supervisor to be gone. */
  async function gone(): Promise<void> {
    const supervisor = path.join(folder, 'supervise.sh');
    await expect.poll(() => commandLines()).not.toContain(supervisor);
  }

  test('is found while it runs, and its exit code is waited for', async () => {
    await startAndKillStarter('while ! test -e ../go; do sleep 0.02; done; exit 5');
    const found = await findStepProcess(folder);
    if (found.state !== 'running') throw new Error(found.state);
    await writeFile(path.join(folder, 'go'), '');
    expect(await found.process.ended()).toBe(5);
    expect(await findStepProcess(folder)).toEqual({ state: 'ended', exitCode: 5 });
  });

  test('is found by a server that knows its folder by another path', async () => {
    await startAndKillStarter('while ! test -e ../go; do sleep 0.02; done; exit 5');
    const link = `${folder} link`;
    await symlink(folder, link);
    const found = await findStepProcess(link);
    expect(found.state).toBe('running');
    await writeFile(path.join(folder, 'go'), '');
    await gone();
    await rm(link);
  });

  test('is found after it has ended, by the exit code it left', async () => {
    await startAndKillStarter('exit 6');
    await gone();
    expect(await findStepProcess(folder)).toEqual({ state: 'ended', exitCode: 6 });
  });

  test('takes what it left running in the background with it', async () => {
    const marker = `sleep 61.${process.pid}`;
    await startAndKillStarter(`${marker} & exit 0`);
    await gone();
    await expect.poll(() => commandLines()).not.toContain(marker);
  });

  test('has ended without an exit code once it was killed with its supervisor', async () => {
    await startAndKillStarter('sleep 60');
    const found = await findStepProcess(folder);
    if (found.state !== 'running') throw new Error(found.state);
    found.process.signal('SIGKILL');
    expect(await found.process.ended()).toBeNull();
    expect(await findStepProcess(folder)).toEqual({ state: 'ended', exitCode: null });
  });

  test('takes its command with it when its supervisor alone is killed', async () => {
    const marker = `sleep 62.${process.pid}`;
    await startAndKillStarter(marker);
    await expect.poll(() => commandLines()).toContain(marker);
    const found = await findStepProcess(folder);
    if (found.state !== 'running') throw new Error(found.state);
    process.kill(Number(await readFile(path.join(folder, 'pid'), 'utf8')), 'SIGKILL');
    expect(await found.process.ended()).toBeNull();
    await expect.poll(() => commandLines()).not.toContain(marker);
  });

  test('is not mistaken for a process that was given its id since', async () => {
    await writeFile(path.join(folder, 'pid'), `${process.pid}\n`);
    await writeFile(path.join(folder, 'started'), '');
    expect(await findStepProcess(folder)).toEqual({ state: 'ended', exitCode: null });
  });
});

describe('a step process that has not come to its command', () => {
  test('never runs it once a server has found it so', async () => {
    expect(await findStepProcess(folder)).toEqual({ state: 'not started' });
    const late = await startStepProcess(folder, 'echo ran', environment);
    expect(await late.ended()).toBeNull();
    expect(existsSync(path.join(folder, 'log'))).toBe(false);
  });

  test('has not started where its folder is not there', async () => {
    const nowhere = path.join(folder, 'nowhere');
    expect(await findStepProcess(nowhere)).toEqual({ state: 'not started' });
  });

  test('either runs it or is kept from it, whoever comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const attempt = path.join(folder, String(round));
      await mkdir(path.join(attempt, 'code'), { recursive: true });
      const [step, found] = await Promise.all([
        startStepProcess(attempt, 'echo ran', environment),
        delay(round / 4).then(() => findStepProcess(attempt)),
      ]);
      const exitCode = await step.ended();
      expect(existsSync(path.join(attempt, 'log'))).toBe(found.state !== 'not started');
      expect(exitCode).toBe(found.state === 'not started' ? null : 0);
    }
  });
});
