// Variable groups, service connections, secure files and environments from the command line.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bin, type Ended, ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'delivery-assets-'));
  server = await startServer(folder);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Ended> => ridgeline([...words, '-w', folder]);

async function answer(...words: readonly string[]) {
  const ended = await run(...words, '--json');
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

/** With a secret on standard input. */
async function piped(input: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...words, '-w', folder, '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(`${input}\n`);
  const [found, said] = await Promise.all([
    json(child.stdout).catch(() => null),
    text(child.stderr),
  ]);
  return { found, said };
}

test('a variable group is made, changed variable by variable, shown and deleted', async () => {
  const name = 'devopsforai-aml-vg';
  const variable = ['--variable', 'BASE_NAME=diabetes', '--variable', 'LOCATION=centralus'];
  await answer('variable-group', 'create', name, ...variable, '--allow-pipeline', 'CI');
  const { found } = await piped(
    'hunter2',
    'variable-group',
    'update',
    name,
    '--secret-variable',
    'KEY',
  );
  expect(found).toMatchObject({ variables: { KEY: { value: null, isSecret: true } } });
  const vault = ['--vault-secret', 'V=azure/mlops-kv/key', '--allow-pipeline', 'CD'];
  const changed = await answer('variable-group', 'update', name, ...vault);
  expect(changed).toMatchObject({
    pipelines: ['CD', 'CI'],
    variables: { V: { vaultSecret: { connection: 'azure', vault: 'mlops-kv', secret: 'key' } } },
  });
  const less = ['--forbid-pipeline', 'ci', '--delete-variable', 'V', '--all-pipelines'];
  expect(await answer('variable-group', 'update', name, ...less)).toMatchObject({
    pipelines: ['CD'],
    allowAllPipelines: true,
  });
  const shown = await run('variable-group', 'show', name);
  expect(shown.stdout).toMatch(/variable BASE_NAME +diabetes.*variable KEY +\*\*\*/s);
  const wrong = await run('variable-group', 'update', name, '--variable', 'BASE_NAME=not-good');
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('3 to 10 letters') });
  expect((await run('variable-group', 'list')).stdout).toContain(name);
  await answer('variable-group', 'delete', name);
  expect(await answer('variable-group', 'list')).toEqual([]);
}, 60_000);

test('a service connection is tried when it is saved', async () => {
  const create = [
    ...['service-connection', 'create', 'aml-workspace-connection', '--type', 'ridgeline'],
    ...['--address', server.url, '--secret-parameter', 'apitoken'],
  ];
  const refused = await piped('hunter2', ...create);
  expect(refused).toMatchObject({
    found: null,
    said: expect.stringContaining('refuses its token'),
  });
  const made = await piped(server.token, ...create);
  expect(made.found).toMatchObject({ parameters: { apitoken: null }, check: { status: 'Passed' } });
  const name = 'aml-workspace-connection';
  const changed = await answer('service-connection', 'update', name, '--all-pipelines');
  expect(changed).toMatchObject({ allowAllPipelines: true, check: { status: 'Passed' } });
  const shown = await run('service-connection', 'show', name);
  expect(shown.stdout).toMatch(/apitoken +\*\*\*/);
  expect(shown.stdout).not.toContain(server.token);
  await answer('service-connection', 'delete', name);
}, 60_000);

test('a secure file is uploaded, allowed and forbidden, and shown without its content', async () => {
  const file = path.join(folder, 'my signing.key');
  await writeFile(file, 'hunter2');
  const create = ['secure-file', 'create', 'signing.key', '--allow-pipeline', 'CI'] as const;
  const missing = await run(...create, '--file', `${file}.not`);
  expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not a file') });
  const made = await answer(...create, '--allow-pipeline', 'CD', '--file', file);
  expect(made).toMatchObject({ sizeBytes: 7, pipelines: ['CD', 'CI'], allowAllPipelines: false });
  const update = ['secure-file', 'update', 'signing.key', '--forbid-pipeline', 'cd'] as const;
  expect(await answer(...update, '--name', 'new.key')).toMatchObject({
    name: 'new.key',
    pipelines: ['CI'],
  });
  const shown = await run('secure-file', 'show', 'new.key');
  expect(shown.stdout).toMatch(/secure file +new.key.*bytes +7.*pipelines +CI/s);
  expect(shown.stdout).not.toContain('hunter2');
  expect((await run('secure-file', 'list')).stdout).toContain('new.key');
  await answer('secure-file', 'delete', 'new.key');
  const gone = await run('secure-file', 'delete', 'new.key');
  expect(gone).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no secure file') });
}, 60_000);

test('an environment gets its checks, loses them and has a history', async () => {
  const made = await answer(
    ...['delivery-environment', 'create', 'production', '--approver', 'ada', '--not-by-requester'],
    ...['--allowed-branch', 'main', '--hours', '09:00-17:00', '--exclusive-lock'],
    ...['--required-template', 'base.yml@policies', '--ask-api', 'board', '--api-suffix', '/x'],
  );
  expect(made.checks).toMatchObject([
    { type: 'approval', approvers: ['ada'], allowSelfApproval: false },
    { type: 'branchControl' },
    { type: 'requiredTemplate', requiredTemplates: ['base.yml@policies'] },
    { type: 'businessHours', timeZone: 'UTC' },
    { type: 'invokeRestApi', connection: 'board', method: 'GET', retryMinutes: 5 },
    { type: 'exclusiveLock' },
  ]);
  const update = ['delivery-environment', 'update', 'production'] as const;
  expect((await answer(...update, '--description', 'AKS')).checks).toHaveLength(6);
  expect((await answer(...update, '--no-checks')).checks).toEqual([]);
  expect(await answer('delivery-environment', 'history', 'production')).toEqual([]);
  await answer('delivery-environment', 'delete', 'production');
}, 60_000);
