import { expect, test } from 'vitest';
import { asksEngines } from './engine-routes.ts';

test.each([
  ['POST', '/api/v1/jobs', true],
  ['GET', '/api/v1/jobs', false],
  ['GET', '/api/v1/service/:name/score', true],
  ['GET', '/api/v1/endpoints/:name', false],
  ['PUT', '/api/v1/endpoints/:name', true],
  ['POST', '/api/v1/delivery-pipelines', true],
  ['PUT', '/api/v1/secure-files/:name', true],
  ['GET', '/api/v1/agents', true],
  ['POST', '/api/v1/agent/poll', true],
  ['POST', '/api/2.0/mlflow/runs/log-batch', false],
  ['POST', '/api/v1/tokens', false],
])('%s %s asks the engines: %s', (method, route, asks) => {
  expect(asksEngines(method, route)).toBe(asks);
});
