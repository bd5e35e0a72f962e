import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

test.each([
  ['GET', '/api/2.0/mlflow/nowhere'],
  ['GET', '/api/2.0/mlflow/runs/create'],
  ['POST', '/api/2.0/preview/mlflow/runs/create'],
  ['GET', '/ajax-api/2.0/mlflow/gateway-proxy'],
  ['GET', '/api/2.0/mlflow-artifacts/mpu/create/a'],
  // Newer clients ask for it, and take 404 for an older server.
  ['GET', '/api/3.0/mlflow/server-info'],
  ['GET', '/ajax-api/3.0/mlflow/traces'],
])('%s %s is not there, in the shape of MLflow', async (method, url) => {
  expect(await server.call(method, url)).toMatchObject({
    status: 404,
    json: {
      error_code: 'ENDPOINT_NOT_FOUND',
      message: `there is no ${method} ${url}; /openapi.json lists what there is`,
    },
  });
});

test('elsewhere it is in the other shape, and without the query', async () => {
  expect(await server.get('/api/v1/nowhere?token=secret')).toMatchObject({
    status: 404,
    json: {
      error: {
        code: 'ROUTE_NOT_FOUND',
        message: 'there is no GET /api/v1/nowhere; /openapi.json lists what there is',
      },
    },
  });
});
