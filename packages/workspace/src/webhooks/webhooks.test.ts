// Webhooks as they are kept: made, found, changed, deleted, tested.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { isPrivateHost } from './private-address.ts';
import { Receiver } from './receiver.fixture.ts';
import { exampleOf, webhookActions, webhookEntities } from './webhook-events.ts';
import type { Webhooks } from './webhooks.ts';

let workspace: Workspace;
let webhooks: Webhooks;

beforeEach(async () => {
  workspace = await openWorkspace({ folder: await temporaryFolder(), allowPrivateWebhooks: true });
  webhooks = workspace.webhooks;
});
afterEach(() => workspace.close());

const events = [{ entity: 'model_version', action: 'created' }] as const;
const fine = { name: 'ci', url: 'https://ci.example/hook', events };

async function secretsKept(): Promise<number> {
  const { kysely } = workspace.database;
  const rows = await kysely
    .selectFrom('secrets')
    .select('name')
    .where('name', 'like', 'webhook/%')
    .execute();
  return rows.length;
}

test('a webhook is shown whole, but for its secret', async () => {
  const made = await webhooks.create({ ...fine, description: 'd', secret: 'whisper' });
  expect(made).toEqual({
    ...fine,
    webhook_id: expect.any(String),
    description: 'd',
    status: 'ACTIVE',
    creation_timestamp: expect.any(Number),
    last_updated_timestamp: expect.any(Number),
  });
  expect(await webhooks.get(made.webhook_id)).toEqual(made);
});

test('a secret is kept encrypted, once, and goes with its webhook', async () => {
  const { webhook_id: id } = await webhooks.create({ ...fine, secret: 'whisper' });
  expect(await secretsKept()).toBe(1);
  await webhooks.update(id, { secret: 'louder' });
  expect(await secretsKept()).toBe(1);
  await webhooks.update(id, { secret: '' });
  expect(await secretsKept()).toBe(0);
  await webhooks.update(id, { secret: 'again' });
  await webhooks.delete(id);
  expect(await secretsKept()).toBe(0);
});

test('what is left out of a change stays', async () => {
  const made = await webhooks.create({ ...fine, secret: 'whisper' });
  const { webhook_id: id } = made;
  const changed = await webhooks.update(id, { name: 'other', status: 'DISABLED' });
  expect(changed).toMatchObject({ ...fine, name: 'other', status: 'DISABLED' });
  expect(await secretsKept()).toBe(1);
  const both = webhookEntities
    .slice(0, 2)
    .map((entity) => ({ entity, action: 'created' }) as const);
  expect((await webhooks.update(id, { events: both })).events).toHaveLength(2);
});

test('webhooks are listed page by page, the oldest first', async () => {
  for (const name of ['a', 'b', 'c']) await webhooks.create({ ...fine, name });
  const first = await webhooks.list({ maxResults: 2 });
  const second = await webhooks.list({ maxResults: 2, pageToken: first.nextPageToken ?? '' });
  const names = [...first.items, ...second.items].map(({ name }) => name);
  expect(names.toSorted()).toEqual(['a', 'b', 'c']);
  expect(second.nextPageToken).toBeNull();
});

test('there are at most so many', async () => {
  for (let count = 0; count < 100; count += 1) await webhooks.create(fine);
  const making = webhooks.create({ ...fine, secret: 'whisper' });
  await expect(making).rejects.toMatchObject({ code: 'WEBHOOK_LIMIT_REACHED' });
  expect(await secretsKept()).toBe(0);
});

describe('what is no webhook', () => {
  test.each([
    [{ name: '' }, 'must be 1 to 63'],
    [{ name: '-a' }, 'must be 1 to 63'],
    [{ name: 'a'.repeat(64) }, 'must be 1 to 63'],
    [{ url: 'ftp://x' }, 'must be an address such as https://'],
    [{ url: 'nowhere' }, 'must be an address such as https://'],
    [{ url: 'https://user:secret@x.example/' }, 'no user and no password'],
    [{ url: `https://x.example/${'a'.repeat(500)}` }, 'at most 500'],
    [{ events: [] }, 'needs events'],
    [{ events: [{ entity: 'run', action: 'created' }] }, 'event entity must be one of'],
    [{ events: [{ entity: 'prompt', action: 'moved' }] }, 'event action must be one of'],
    [
      { events: [{ entity: 'prompt', action: 'set' }] },
      'a prompt is never set; its actions are created',
    ],
    [{ status: 'OFF' }, 'webhook status must be one of'],
    [{ description: 'a'.repeat(1_001) }, 'at most 1000'],
    [{ secret: 'a'.repeat(1_001) }, 'up to 1000 characters'],
    [{ secret: 'a\ud800' }, 'must be text'],
  ])('%o: %s', async (wrong, problem) => {
    const making = webhooks.create({ ...fine, ...(wrong as object) });
    await expect(making).rejects.toThrow(problem);
    expect(await secretsKept()).toBe(0);
    expect((await webhooks.list()).items).toEqual([]);
  });

  test('is not found', async () => {
    const gone = { code: 'RESOURCE_DOES_NOT_EXIST' };
    await expect(webhooks.get('none')).rejects.toMatchObject(gone);
    await expect(webhooks.update('none', { secret: 's' })).rejects.toMatchObject(gone);
    await expect(webhooks.delete('none')).rejects.toMatchObject(gone);
    await expect(webhooks.test('none')).rejects.toMatchObject(gone);
    expect(await secretsKept()).toBe(0);
  });
});

describe('a test', () => {
  test('sends an example of every event, and tells what was answered', async () => {
    const receiver = await Receiver.open();
    const { webhook_id } = await webhooks.create({ ...fine, url: receiver.url });
    for (const entity of webhookEntities) {
      for (const action of webhookActions) {
        if (exampleOf({ entity, action }) === undefined) continue;
        expect(await webhooks.test(webhook_id, { entity, action })).toEqual({
          success: true,
          response_status: 200,
          response_body: 'taken',
        });
      }
    }
    expect(receiver.events).toHaveLength(14);
    receiver.answers.push({ status: 500, body: 'x'.repeat(200_000) });
    const failed = await webhooks.test(webhook_id);
    expect(failed).toMatchObject({ success: false, response_status: 500 });
    expect(failed.response_body?.length).toBe(64 * 1024);
    expect(JSON.parse(receiver.received.at(-1)?.body ?? '')).toMatchObject(events[0]);
    await receiver.close();
    expect(await webhooks.test(webhook_id)).toMatchObject({
      success: false,
      error_message: expect.stringContaining('could not be reached'),
    });
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['10.0.0.1', true],
  ['100.64.0.1', true],
  ['169.254.169.254', true],
  ['172.31.255.255', true],
  ['192.168.1.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['[::1]', true],
  ['[::]', true],
  ['[fc00::1]', true],
  ['[fe80::1]', true],
  ['[::ffff:10.0.0.1]', true],
  ['[64:ff9b::a00:1]', true],
  ['[2002:a00:1::]', true],
  ['localhost', true],
  ['a.localhost.', true],
  ['8.8.8.8', false],
  ['172.32.0.1', false],
  ['[2606:4700::1111]', false],
  ['example.com', false],
])('%s is a private address: %s', (host, isPrivate) => {
  expect(isPrivateHost(host)).toBe(isPrivate);
});
