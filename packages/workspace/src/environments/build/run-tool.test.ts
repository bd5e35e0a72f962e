import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { askTool, runTool } from './run-tool.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const minute = 60_000;

function sh(script: string) {
  return { command: '/bin/sh', args: ['-c', script], timeoutMs: minute };
}

test('a program prints line by line, and ends with its code', async () => {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const end = await runTool({ ...sh('echo one; echo two >&2; exit 3'), onLine });
  expect(end).toEqual({ exitCode: 3, timedOut: false });
  expect(lines.toSorted()).toEqual(['one', 'two']);
});

test('a program that is not there gives null', async () => {
  expect(await askTool('no-such-program-of-any-name', [])).toBeNull();
  expect(await askTool('/etc/hostname', [])).toBeNull();
});

test('at its time limit it is killed, with what it has started', async () => {
  const folder = await temporaryFolder();
  const script = `sleep 1000 & echo $! > ${join(folder, 'pid')}; wait`;
  const call = { ...sh(script), timeoutMs: 500 };
  expect(await runTool(call)).toEqual({ exitCode: null, timedOut: true });
  await expectGone(Number(await readFile(join(folder, 'pid'), 'utf8')));
});

test('on a cancel it is killed, and the reason given', async () => {
  const controller = new AbortController();
  const onLine = () => controller.abort(new Error('no longer wanted'));
  const call = { ...sh('echo ready; sleep 1000'), signal: controller.signal, onLine };
  await expect(runTool(call)).rejects.toThrow('no longer wanted');
  await expect(runTool(call)).rejects.toThrow('no longer wanted');
});

test('what it leaves running does not hold it up', async () => {
  expect(await runTool(sh('sleep 1000 & exit 0'))).toEqual({ exitCode: 0, timedOut: false });
});

test('it gets what says how registries are reached, and no secret of the server', async () => {
  vi.stubEnv('RIDGELINE_SECRET_KEY', 'hunter2');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hunter2');
  vi.stubEnv('PIP_INDEX_URL', 'https://example.org/simple');
  vi.stubEnv('https_proxy', 'http://proxy.example.org');
  const variables = (await askTool('/usr/bin/env', [])) ?? '';
  expect(variables).not.toContain('hunter2');
  expect(variables).toContain('PIP_INDEX_URL=https://example.org/simple');
  expect(variables).toContain('https_proxy=http://proxy.example.org');
});

test('a line without end is cut', async () => {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  await runTool({ ...sh('head -c 100000 /dev/zero | tr "\\0" x'), onLine });
  expect(lines.map((line) => line.length)).toEqual([2_000]);
});

async function expectGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), {
    timeout: minute / 6,
  });
}
