import { userSecretName } from '@ridgeline/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const address = '/api/v1/secrets/databricks-token';
const put = (path: string, payload: object) => server.call('PUT', path, { payload });

test('a secret is set, replaced and deleted, and no answer holds it', async () => {
  const { secrets } = server.context.workspace;
  const first = await put(address, { value: 'hunter2' });
  expect(first).toMatchObject({ status: 204, text: '' });
  await put(address, { value: 'hunter3' });
  expect(await secrets.get(userSecretName('databricks-token'))).toBe('hunter3');
  expect((await server.get(address)).status).toBe(404);
  expect((await server.call('DELETE', address)).status).toBe(204);
  await expect(secrets.get(userSecretName('databricks-token'))).rejects.toThrow('does not exist');
  expect(server.logLines.join('')).not.toMatch(/hunter\d/);
});

test.each([
  ['a name that is none', '/api/v1/secrets/a%20b', { value: 'hunter2' }],
  ['no value', address, {}],
  ['an empty value', address, { value: '' }],
  ['another word', address, { value: 'hunter2', extra: 1 }],
  ['a value without end', address, { value: 'hunter2'.repeat(20_000) }],
])('%s is refused, and the value not shown', async (_what, path, payload) => {
  const answer = await put(path, payload);
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain('hunter2');
});
