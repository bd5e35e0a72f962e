import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';
import { version } from '../version.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

test('the server says that it runs, and its version, as MLflow does', async () => {
  expect(await server.get('/health', { token: null })).toMatchObject({ status: 200, text: 'OK' });
  expect(await server.get('/version', { token: null })).toMatchObject({
    status: 200,
    text: version,
  });
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('its root says what it serves, and where', async () => {
  expect((await server.get('/')).json).toEqual({
    name: 'ridgeline',
    version,
    workspace: server.context.workspace.folder,
    api: '/openapi.json',
    tracking: '/api/2.0/mlflow',
    jobs: '/api/v1/jobs',
    endpoints: '/api/v1/endpoints',
  });
});
