import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeModelFolder } from '../../test/fixture-model.ts';
import { fixturePath } from '../../test/fixture-path.ts';
import { openSocket, readAll } from '../../test/raw-request.ts';
import { type RunningProcess, startProcess } from '../../test/scoring-process.ts';

let modelFolder: string;

beforeAll(async () => {
  modelFolder = await makeModelFolder();
});

function start(environment: Readonly<Record<string, string>> = {}): RunningProcess {
  const running = startProcess({ AZUREML_MODEL_DIR: modelFolder, ...environment });
  onTestFinished(() => {
    running.child.kill('SIGKILL');
  });
  return running;
}

async function readyPort(running: RunningProcess): Promise<number> {
  const message = await running.ready;
  if (message === null) throw new Error(`the process ended: ${running.stderr()}`);
  return message.port;
}

test('says over the channel and on stdout that it is ready, and answers', async () => {
  const running = start({ RIDGELINE_MODEL_NAME: 'm', SERVICE_NAME: 'diabetes' });
  const port = await readyPort(running);
  expect(await running.ready).toMatchObject({ event: 'ready', port });
  await expect.poll(() => running.stdout()).toContain('\n');
  expect(JSON.parse(running.stdout().split('\n')[0] ?? '')).toMatchObject({ event: 'ready', port });
  const answer = await fetch(`http://127.0.0.1:${port}/swagger.json`);
  expect(await answer.json()).toMatchObject({ info: { title: 'diabetes' } });
});

test('what a script prints is on stdout with its request; keys are nowhere', async () => {
  const running = start({
    AZUREML_ENTRY_SCRIPT: fixturePath('scripts/good.ts'),
    RIDGELINE_SCORING_KEYS: 'key-one,key-two',
  });
  const port = await readyPort(running);
  const post = (id: string, waitMs: string) =>
    fetch(`http://127.0.0.1:${port}/score`, {
      method: 'POST',
      body: '{"data": [1]}',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer key-two',
        cookie: 'session=key-two',
        'x-request-id': id,
        'x-wait-ms': waitMs,
      },
    });
  const answers = await Promise.all([post('slow', '100'), post('fast', '0')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  running.child.kill('SIGTERM');
  await running.ended;
  const printed = running.stdout();
  expect(printed).toContain(`00000000-0000-0000-0000-000000000000 | model folder ${modelFolder}\n`);
  expect(printed).toContain('slow | first line\nslow | keys visible: null\n');
  expect(printed).toMatch(/^slow \| headers .*"x-request-id":"slow"/m);
  expect(printed).toMatch(/^fast \| headers .*"x-request-id":"fast"/m);
  expect(printed + running.stderr()).not.toMatch(/key-(one|two)/);
});

test('a promise that a script forgot is logged, and the process goes on', async () => {
  const running = start({ AZUREML_ENTRY_SCRIPT: fixturePath('scripts/misbehaving.ts') });
  const port = await readyPort(running);
  const headers = { 'content-type': 'application/json' };
  const options = { method: 'POST', body: '{"data": "forgets"}', headers };
  expect((await fetch(`http://127.0.0.1:${port}/score`, options)).status).toBe(200);
  await expect.poll(() => running.stderr()).toContain('Error: forgotten');
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

test.each<[Readonly<Record<string, string>>, RegExp]>([
  [{ AZUREML_MODEL_DIR: '' }, /^error SCORING_SETTING_INVALID: AZUREML_MODEL_DIR is not set/],
  [{ AZUREML_MODEL_DIR: '/nowhere' }, /^error MODEL_NOT_FOUND: /],
  [{ AZUREML_ENTRY_SCRIPT: '/nowhere.ts' }, /^error SCORING_SCRIPT_NOT_FOUND: /],
  [{ AZUREML_ENTRY_SCRIPT: 'no-run.ts' }, /^error SCORING_SCRIPT_RUN_MISSING: /],
  [{ AZUREML_ENTRY_SCRIPT: 'no-input-schema.ts' }, /^error SCORING_SCRIPT_SCHEMA_MISSING: /],
  [
    { AZUREML_ENTRY_SCRIPT: 'init-throws.ts' },
    /^error SCORING_SCRIPT_INIT_FAILED: .*the model file is damaged\nError: .*\n +at .*init-throws/,
  ],
  [{ PORT: 'http' }, /^error SCORING_SETTING_INVALID: PORT is 'http'/],
])('a wrong start %j exits with 1 and one coded line', async (environment, message) => {
  const script = environment.AZUREML_ENTRY_SCRIPT;
  const entry = script?.startsWith('/') === false ? fixturePath(`scripts/${script}`) : script;
  const running = start({ ...environment, ...(entry && { AZUREML_ENTRY_SCRIPT: entry }) });
  expect(await running.ready).toBeNull();
  expect(await running.ended).toBe(1);
  expect(running.stderr()).toMatch(message);
});

test('SIGTERM under load fails no accepted request, and ends with 0', async () => {
  const running = start({ AZUREML_ENTRY_SCRIPT: fixturePath('scripts/good.ts') });
  const port = await readyPort(running);
  const counts = new Array<number>(16).fill(0);
  const clients = counts.map((_, client) =>
    postUntilClosed(port, () => {
      counts[client] = (counts[client] ?? 0) + 1;
    }),
  );
  await expect.poll(() => Math.min(...counts), { timeout: 10_000 }).toBeGreaterThan(5);
  running.child.kill('SIGTERM');
  await Promise.all(clients);
  expect(await running.ended).toBe(0);
});

/** Posts on one connection, one request after the other, until the server asks to close it. */
async function postUntilClosed(port: number, answered: () => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isLast = false;
  while (!isLast) {
    const { status, last } = await post(agent, port);
    expect(status).toBe(200);
    isLast = last;
    answered();
  }
}

function post(agent: Agent, port: number): Promise<{ status: number | undefined; last: boolean }> {
  const headers = { 'content-type': 'application/json', 'x-wait-ms': '5' };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, path: '/score', method: 'POST', headers }, (answer) => {
      const last = answer.headers.connection === 'close';
      answer.on('end', () => resolve({ status: answer.statusCode, last })).resume();
    });
    sent.on('error', reject).end('{"data": [1, 2, 3]}');
  });
}

test('SIGTERM finishes a long request, refuses new ones and closes silent connections', async () => {
  const running = start({ AZUREML_ENTRY_SCRIPT: fixturePath('scripts/good.ts') });
  const port = await readyPort(running);
  const silent = await openSocket(port);
  const silentEnd = readAll(silent);
  const long = fetch(`http://127.0.0.1:${port}/score`, {
    method: 'POST',
    body: '{"data": [1]}',
    headers: { 'content-type': 'application/json', 'x-wait-ms': '2000' },
  });
  await delay(200);
  running.child.kill('SIGTERM');
  expect(await silentEnd).toBe('');
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect((await long).status).toBe(200);
  expect(await running.ended).toBe(0);
});

test('the process ends when its parent is killed', async () => {
  const parent = spawn(process.execPath, [fixturePath('processes/parent.ts')], {
    env: { PATH: process.env.PATH ?? '', AZUREML_MODEL_DIR: modelFolder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const { port } = JSON.parse(String(line)) as { readonly port: number };
  const probe = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      ({ status }) => status,
      () => 'gone',
    );
  expect(await probe()).toBe(200);
  parent.kill('SIGKILL');
  await expect.poll(probe, { timeout: 5000 }).toBe('gone');
});
