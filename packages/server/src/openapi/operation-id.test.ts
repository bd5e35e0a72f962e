import { expect, test } from 'vitest';
import { operationId } from './operation-id.ts';

test.each([
  ['GET', '/', 'get'],
  ['GET', '/openapi.json', 'getOpenapiJson'],
  ['POST', '/api/v1/jobs/:id/cancel', 'postJobsByIdCancel'],
  ['GET', '/api/v1/jobs/:id/steps/:step/log', 'getJobsByIdStepsByStepLog'],
  ['PUT', '/api/v1/datastores/:name/files/*', 'putDatastoresByNameFilesByPath'],
  ['POST', '/api/2.0/mlflow/runs/log-batch', 'postMlflowRunsLogBatch'],
  ['POST', '/ajax-api/2.0/mlflow/runs/log-batch', 'postAjaxMlflowRunsLogBatch'],
])('%s %s is %s', (method, url, id) => {
  expect(operationId(method, url)).toBe(id);
});
