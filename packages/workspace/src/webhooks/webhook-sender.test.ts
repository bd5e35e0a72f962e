// What is sent, to whom, how often and in what order: real requests to real servers.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { Receiver } from './receiver.fixture.ts';
import type { WebhookEvent } from './webhook-events.ts';
import type { SendingOptions } from './webhooks.ts';

let folder: string;
let workspace: Workspace;
let receiver: Receiver;
let failures: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  workspace = await openWorkspace({ folder, allowPrivateWebhooks: true });
  receiver = await Receiver.open();
  failures = [];
});
afterEach(async () => {
  await workspace.webhooks.stop();
  await workspace.close();
  await receiver.close();
});

const created: WebhookEvent = { entity: 'registered_model', action: 'created' };

function start(options: SendingOptions = {}): void {
  const onFailure = ({ reason }: { readonly reason: string }) => failures.push(reason);
  workspace.webhooks.start({ firstPauseMs: 10, timeoutMs: 2_000, onFailure, ...options });
}

async function hook(events: readonly WebhookEvent[] = [created], more: object = {}) {
  return workspace.webhooks.create({ name: 'hook', url: receiver.url, events, ...more });
}

const model = (name: string) => workspace.models.createRegisteredModel({ name });
const arrived = (count: number) =>
  vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), 10_000);

async function waiting(): Promise<number> {
  const rows = await workspace.database.kysely
    .selectFrom('webhook_deliveries')
    .select('delivery_id')
    .execute();
  return rows.length;
}
const nothingWaits = () => vi.waitFor(async () => expect(await waiting()).toBe(0), 10_000);

describe('a change', () => {
  test('is sent as JSON, signed over its id, its time and its body', async () => {
    await hook([created], { secret: 'whisper' });
    start();
    await workspace.models.createRegisteredModel({
      name: 'm',
      description: 'words',
      tags: { a: 'b' },
    });
    await arrived(1);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = receiver.received;
    expect(path).toBe('/hook');
    expect(JSON.parse(body)).toEqual({
      entity: 'registered_model',
      action: 'created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/),
      data: { name: 'm', description: 'words', tags: { a: 'b' } },
    });
    const { 'x-mlflow-delivery-id': id, 'x-mlflow-timestamp': time } = headers;
    const signed = createHmac('sha256', 'whisper').update(`${id}.${time}.${body}`);
    expect(headers['x-mlflow-signature']).toBe(`v1,${signed.digest('base64')}`);
    expect(headers['content-type']).toBe('application/json');
  });

  test('is sent unsigned where there is no secret', async () => {
    await hook();
    start();
    await model('m');
    await arrived(1);
    expect(receiver.received[0]?.headers).not.toHaveProperty('x-mlflow-signature');
  });

  test('that was refused is told to nobody, nor one of another sort, nor to a disabled webhook', async () => {
    const { webhook_id } = await hook([created], { status: 'DISABLED' });
    await model('unseen');
    await workspace.webhooks.update(webhook_id, { status: 'ACTIVE' });
    await model('seen');
    await expect(model('seen')).rejects.toThrow('already exists');
    await workspace.models.setRegisteredModelTag('seen', 'a', 'b');
    start();
    await nothingWaits();
    expect(receiver.events).toEqual(['registered_model.created seen']);
  });

  test('of every sort is told, in order', async () => {
    const names = ['registered_model', 'model_version', 'model_version_alias'] as const;
    await hook([
      ...names.map((entity) => ({ entity, action: 'created' }) as const),
      { entity: 'model_version_alias', action: 'deleted' },
      { entity: 'model_version_tag', action: 'set' },
      { entity: 'model_version_tag', action: 'deleted' },
    ]);
    start();
    const { models, runs } = workspace;
    const { info } = await runs.create({ experimentId: '0' });
    await model('m');
    await models.createVersion({
      name: 'm',
      source: `runs:/${info.run_id}/model`,
      tags: { a: 'b' },
    });
    await models.setVersionTag('m', 1, 'k', 'v');
    await models.deleteVersionTag('m', 1, 'k');
    await models.setAlias('m', 'champion', 1);
    await models.deleteAlias('m', 'champion');
    await nothingWaits();
    expect(receiver.received.map(({ body }) => JSON.parse(body).data)).toEqual([
      { name: 'm', tags: {}, description: null },
      {
        name: 'm',
        version: '1',
        source: `runs:/${info.run_id}/model`,
        run_id: info.run_id,
        tags: { a: 'b' },
        description: null,
      },
      { name: 'm', version: '1', key: 'k', value: 'v' },
      { name: 'm', version: '1', key: 'k' },
      { name: 'm', alias: 'champion', version: '1' },
      { name: 'm', alias: 'champion' },
    ]);
  });

  test('of a prompt has the names of prompts, and not the tags that make it one', async () => {
    await hook([
      created,
      { entity: 'prompt', action: 'created' },
      { entity: 'prompt_version', action: 'created' },
      { entity: 'prompt_tag', action: 'set' },
    ]);
    start();
    const { models } = workspace;
    const isPrompt = { 'mlflow.prompt.is_prompt': 'true' };
    await models.createRegisteredModel({ name: 'p', tags: { ...isPrompt, team: 'a' } });
    const text = { 'mlflow.prompt.text': 'Hello', ...isPrompt };
    await models.createVersion({ name: 'p', source: 'prompt-template:x', tags: text });
    await models.setRegisteredModelTag('p', 'k', 'v');
    await nothingWaits();
    expect(receiver.events).toEqual([
      'prompt.created p',
      'prompt_version.created p',
      'prompt_tag.set p',
    ]);
    const [first, second] = receiver.received.map(({ body }) => JSON.parse(body).data);
    expect(first).toEqual({ name: 'p', tags: { team: 'a' }, description: null });
    expect(second).toEqual({
      name: 'p',
      version: '1',
      template: 'Hello',
      tags: {},
      description: null,
    });
  });
});

describe('what is not taken', () => {
  test.each([500, 503, 429, 302])(
    'with %d is sent again, the same, and the next after it',
    async (status) => {
      await hook();
      receiver.answers.push({ status, headers: { location: 'http://127.0.0.1:1/' } }, { status });
      start();
      await model('first');
      await model('second');
      await arrived(4);
      expect(receiver.events.map((event) => event.split(' ')[1])).toEqual([
        'first',
        'first',
        'first',
        'second',
      ]);
      const ids = receiver.received.map(({ headers }) => headers['x-mlflow-delivery-id']);
      expect(new Set(ids.slice(0, 3)).size).toBe(1);
      expect(failures[0]).toBe(`it answered ${status}`);
    },
  );

  test.each([400, 401, 404, 410])('with %d is not sent again', async (status) => {
    await hook();
    receiver.answers.push({ status });
    start();
    await model('first');
    await model('second');
    await nothingWaits();
    expect(receiver.events.map((event) => event.split(' ')[1])).toEqual(['first', 'second']);
  });

  test('in time is sent again', async () => {
    await hook();
    receiver.answers.push(null);
    start({ timeoutMs: 200 });
    await model('m');
    await arrived(2);
    await nothingWaits();
    expect(failures).toHaveLength(1);
  });

  test('by one webhook holds up no other, and no write', async () => {
    const stuck = await Receiver.open();
    stuck.answers.push(...Array(100).fill({ status: 500 }));
    await workspace.webhooks.create({ name: 'stuck', url: stuck.url, events: [created] });
    await hook();
    start();
    for (const name of ['a', 'b', 'c']) await model(name);
    await arrived(3);
    expect(receiver.events).toEqual(['a', 'b', 'c'].map((n) => `registered_model.created ${n}`));
    expect(new Set(stuck.events)).toEqual(new Set(['registered_model.created a']));
    await stuck.close();
  });

  test('for a day is given up', async () => {
    await workspace.close();
    let now = Date.now();
    workspace = await openWorkspace({ folder, clock: () => now, allowPrivateWebhooks: true });
    await hook();
    await model('old');
    now += 25 * 60 * 60 * 1_000;
    await model('new');
    start();
    await nothingWaits();
    expect(receiver.events).toEqual(['registered_model.created new']);
    expect(failures).toEqual(['1 events were given up: too old, or too many']);
  });
});

test('what waits when a server stops is sent by the next one', async () => {
  await hook();
  for (const name of ['a', 'b']) await model(name);
  await workspace.close();
  workspace = await openWorkspace({ folder, allowPrivateWebhooks: true });
  start();
  await nothingWaits();
  expect(receiver.events).toEqual(['registered_model.created a', 'registered_model.created b']);
});

test('a server that is killed again and again has sent every change, each in its turn', async () => {
  await hook();
  const fixture = join(import.meta.dirname, 'change-until-killed.fixture.ts');
  const made: string[] = [];
  for (let kill = 0; kill < 4; kill += 1) {
    await workspace.close();
    const args = [fixture, folder, String(kill * 100_000)];
    const changing = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const told = text(changing.stdout);
    const ended = once(changing, 'exit');
    try {
      await arrived(receiver.received.length + 5 + kill);
    } finally {
      changing.kill('SIGKILL');
      await ended;
    }
    made.push(...(await told).split('\n').filter((line) => line.startsWith('model-')));
    workspace = await openWorkspace({ folder, allowPrivateWebhooks: true });
  }
  start();
  await nothingWaits();
  const sent = [...new Set(receiver.events.map((event) => event.split(' ')[1] ?? ''))];
  // The last one may have been made, and told to nobody here.
  expect(made.filter((name) => !sent.includes(name))).toEqual([]);
  expect(sent).toEqual(sent.toSorted());
}, 60_000);

describe('addresses of the own network', () => {
  beforeEach(async () => {
    await hook();
    await workspace.close();
    workspace = await openWorkspace({ folder });
  });

  test('are refused when a webhook is made', async () => {
    const urls = [receiver.url, 'http://localhost/x', 'http://[::1]/', 'http://169.254.169.254/'];
    for (const url of urls) {
      const making = workspace.webhooks.create({ name: 'h', url, events: [created] });
      await expect(making, url).rejects.toThrow('--allow-private-webhooks');
    }
  });

  test('are not sent to by a server that is not allowed to', async () => {
    start();
    await model('m');
    await vi.waitFor(() => expect(failures.join()).toContain('is a private address'));
    expect(receiver.received).toEqual([]);
    expect(await waiting()).toBe(1);
  });

  test('cannot hide behind a name', async () => {
    const name = receiver.url.replace('127.0.0.1', 'localhost.');
    const [{ webhook_id } = { webhook_id: '' }] = (await workspace.webhooks.list()).items;
    await workspace.database.write((writer) =>
      writer
        .updateTable('webhooks')
        .set({ url: name })
        .where('webhook_id', '=', webhook_id)
        .execute(),
    );
    const result = await workspace.webhooks.test(webhook_id);
    expect(result).toMatchObject({
      success: false,
      error_message: expect.stringContaining('is a private address'),
    });
    expect(receiver.received).toEqual([]);
  });
});
