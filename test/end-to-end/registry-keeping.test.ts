// Looking after models from the command line: webhooks, and removing for good what was deleted.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bin, ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'registry-keeping-'));
  workspace = path.join(folder, 'workspace');
  server = await startServer(workspace);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const on = (...words: string[]) => ridgeline([...words, '-w', workspace], { cwd: folder });

async function mlflow(route: string, body: object) {
  const answer = await fetch(`${server.url}/api/2.0/mlflow/${route}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return answer.json() as Promise<Readonly<Record<string, { readonly info: { run_id: string } }>>>;
}

test('what was deleted is removed when it is old enough, and told in numbers', async () => {
  const { run } = await mlflow('runs/create', { experiment_id: '0' });
  await mlflow('runs/delete', { run_id: run?.info.run_id });
  expect(await on('gc', '--dry-run')).toMatchObject({
    stdout: 'would remove 0 experiments, 0 runs, 0 logged models, with 0 files of 0 bytes\n',
  });
  const now = ['gc', '--older-than', '0d'];
  expect((await on(...now, '--dry-run')).stdout).toContain('would remove 0 experiments, 1 run,');
  const { stdout } = await on(...now, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ runs: 1, dryRun: false, more: false });
  expect((await on(...now)).stdout).toContain('removed 0 experiments, 0 runs,');
  expect(await on('gc', '--older-than', 'soon')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("expected an age such as 30d, 12h or 2d8h, and not 'soon'"),
  });
});

test('a webhook is made with a secret from standard input, listed, switched off and deleted', async () => {
  const words = [
    'webhook',
    'create',
    '--name',
    'ci',
    '--to',
    'https://ci.invalid/hook',
    '--signed',
  ];
  const events = ['--event', 'model_version.created', '--event', 'model_version_alias.deleted'];
  const made = spawnSync(process.execPath, [bin, ...words, ...events, '-w', workspace], {
    input: 'whisper\n',
    encoding: 'utf8',
  });
  const id = made.stdout.trim();
  expect(id, made.stderr).toMatch(/^[0-9a-f-]{36}$/);
  const listed = await on('webhook', 'list');
  expect(listed.stdout).toContain('model_version.created, model_version_alias.deleted');
  expect(listed.stdout).not.toContain('whisper');
  expect(await on('webhook', 'test', id)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('could not be reached'),
  });
  expect((await on('webhook', 'disable', id)).stdout).toBe('webhook ci is disabled\n');
  const { stdout } = await on('webhook', 'list', '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ webhook_id: id, status: 'DISABLED' }]);
  expect((await on('webhook', 'delete', id)).exitCode).toBe(0);
  expect(await on('webhook', 'delete', id)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`Webhook with ID ${id} not found`),
  });
});

test.each([
  [['--event', 'nonsense'], 'expected an event such as model_version.created'],
  [['--event', 'run.created'], 'must be one of REGISTERED_MODEL'],
  [['--event', 'model_version.created', '--to', 'http://127.0.0.1/'], '--allow-private-webhooks'],
])('a webhook of %j is refused: %s', async (more, problem) => {
  const words = ['webhook', 'create', '--name', 'ci', '--to', 'https://ci.invalid/hook', ...more];
  expect((await on(...words)).stderr).toContain(problem);
});

test('a permission on an experiment is set, listed and deleted', async () => {
  await on('user', 'create', 'bob@example.com', '--role', 'Contributor');
  await mlflow('experiments/create', { name: 'salaries' });
  const there = ['--experiment', 'salaries'];
  expect(
    await on('permission', 'set', 'bob@example.com', 'NO_PERMISSIONS', ...there),
  ).toMatchObject({
    stdout: 'bob@example.com has NO_PERMISSIONS on the experiment salaries\n',
  });
  const { stdout } = await on('permission', 'list', '--user', 'bob@example.com', '--json');
  expect(JSON.parse(stdout)).toMatchObject([
    { thing: { kind: 'experiment', name: 'salaries' }, permission: 'NO_PERMISSIONS' },
  ]);
  expect((await on('permission', 'list', ...there)).stdout).toContain('bob@example.com');
  expect(await on('permission', 'delete', 'bob@example.com', ...there)).toMatchObject({
    exitCode: 0,
  });
  expect((await on('permission', 'list', ...there)).stdout).not.toContain('bob@example.com');
  expect(await on('permission', 'set', 'bob@example.com', 'READ')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('one of --experiment NAME and --model NAME'),
  });
});
