import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest } from '../../test/raw-http.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const ask = (host: string) => server.get('/health', { headers: { host } });

test.each([
  'localhost',
  'localhost:5757',
  'LOCALHOST:5757',
  'localhost.:80',
  '127.0.0.1:5757',
  '[::1]:5757',
  '[::1]',
  '192.168.1.20:5757',
  'ridgeline.test',
  'Ridgeline.Test:80',
])('%s is answered for', async (host) => {
  expect((await ask(host)).status).toBe(200);
});

test.each([
  'evil.example',
  'evil.example:5757',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'ridgeline.test.evil.example',
  'localhost:80:80',
  '[evil.example]',
  '127.0.0.1@evil.example',
])('%s is not', async (host) => {
  const answer = await ask(host);
  expect(answer.status).toBe(403);
  expect(answer.json).toMatchObject({ error: { code: 'HOST_NOT_ALLOWED' } });
});

describe('the refusal', () => {
  test('says how to allow the name, and comes before any token is looked at', async () => {
    const headers = { host: 'lab.example' };
    const answer = await server.get('/api/v1/jobs', { token: null, headers });
    expect(answer.text).toContain('--allow-host lab.example');
  });

  test('has the shape of MLflow below its prefixes', async () => {
    const headers = { host: 'lab.example' };
    const answer = await server.mlflow('GET', 'runs/get', undefined, { headers });
    expect(answer.json).toMatchObject({ error_code: 'PERMISSION_DENIED' });
  });
});

test('a request without a host gets nothing', async () => {
  const old = await rawRequest(server.url, ['GET /health HTTP/1.0', 'Host:']);
  expect(old.status).toBe(403);
});
