// Webhooks over HTTP, in MLflow's words; what is sent, the workspace's own tests say.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const events = [{ entity: 'MODEL_VERSION_ALIAS', action: 'DELETED' }];
const hook = { name: 'ci', url: 'http://127.0.0.1:9/hook', events };

test('a webhook is made, shown, changed, listed and deleted, and its secret is never told', async () => {
  const made = await server.mlflow('POST', 'webhooks', { ...hook, secret: 'whisper' });
  const id = textAt(made, 'webhook.webhook_id');
  const shape = {
    ...hook,
    webhook_id: id,
    status: 'ACTIVE',
    creation_timestamp: expect.any(Number),
    last_updated_timestamp: expect.any(Number),
  };
  expect(made.json).toEqual({ webhook: shape });
  const change = { description: 'd', status: 'DISABLED', name: '', events: [] };
  const changed = await server.mlflow('PATCH', `webhooks/${id}`, change);
  const webhook = { ...shape, description: 'd', status: 'DISABLED' };
  expect(changed.json).toEqual({ webhook });
  expect((await server.mlflow('GET', `webhooks/${id}`)).json).toEqual({ webhook });
  expect((await server.mlflow('GET', 'webhooks?max_results=10')).json).toEqual({
    webhooks: [webhook],
  });
  expect(made.text + changed.text).not.toContain('whisper');
  expect((await server.mlflow('DELETE', `webhooks/${id}`)).json).toEqual({});
  expect((await server.mlflow('GET', `webhooks/${id}`)).status).toBe(404);
});

test('a test says what came of it', async () => {
  const id = textAt(await server.mlflow('POST', 'webhooks', hook), 'webhook.webhook_id');
  const event = { entity: 'REGISTERED_MODEL', action: 'CREATED' };
  expect((await server.mlflow('POST', `webhooks/${id}/test`, { event })).json).toEqual({
    result: { success: false, error_message: expect.stringContaining('could not be reached') },
  });
});

test.each([
  [{ ...hook, name: 'a b' }],
  [{ ...hook, url: 'nowhere' }],
  [{ ...hook, events: [{ entity: 'MODEL_VERSION', action: 'DELETED' }] }],
  [{ ...hook, events: [{ entity: 'model_version', action: 'created' }] }],
  [{ ...hook, events: [] }],
  [{ ...hook, status: 'OFF' }],
  [{ name: 'a' }],
])('%j is refused', async (body) => {
  expect(await server.mlflow('POST', 'webhooks', body)).toMatchObject({
    status: 400,
    json: { error_code: 'INVALID_PARAMETER_VALUE' },
  });
});

test('what goes wrong with a webhook is logged without its secret', async () => {
  const made = await server.mlflow('POST', 'webhooks', {
    ...hook,
    events: [{ entity: 'REGISTERED_MODEL', action: 'CREATED' }],
    secret: 'whisper',
  });
  expect(made.status).toBe(200);
  await server.mlflow('POST', 'registered-models/create', { name: 'told' });
  await expect.poll(() => server.logLines.length).toBeGreaterThan(0);
  expect(server.logLines.join('')).not.toContain('whisper');
});
