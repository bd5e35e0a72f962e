// MLflow's clients may send a user's name and a password: the token is the password.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

async function statusWith(user: string, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return (await server.get('/api/v1/jobs', { token: null, headers: { authorization } })).status;
}

test('the token as the password lets in, whatever the name', async () => {
  expect(await statusWith('anybody', server.token)).toBe(200);
  expect(await statusWith('', server.token)).toBe(200);
});

test('nothing else does', async () => {
  expect(await statusWith(server.token, '')).toBe(401);
  expect(await statusWith('admin', 'admin')).toBe(401);
});
