import { ridgelineErrorCodes } from '@ridgeline/workspace';
import { expect, test } from 'vitest';
import { toMlflowCode } from './mlflow-code.ts';
import { ServerError, serverErrorCodes } from './server-error.ts';

// Of ErrorCode in databricks.proto of MLflow 3: those that its clients know to tell apart.
const known = [
  'INTERNAL_ERROR',
  'TEMPORARILY_UNAVAILABLE',
  'RESOURCE_EXHAUSTED',
  'UNAUTHENTICATED',
  'INVALID_PARAMETER_VALUE',
  'ENDPOINT_NOT_FOUND',
  'NOT_IMPLEMENTED',
  'INVALID_STATE',
  'PERMISSION_DENIED',
  'RESOURCE_CONFLICT',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_DOES_NOT_EXIST',
];

test.each([
  ['RESOURCE_ALREADY_EXISTS', 400, 'RESOURCE_ALREADY_EXISTS'],
  ['INVALID_STATE', 400, 'INVALID_STATE'],
  ['ROUTE_NOT_FOUND', 404, 'ENDPOINT_NOT_FOUND'],
  ['ARTIFACT_NOT_FOUND', 404, 'RESOURCE_DOES_NOT_EXIST'],
  ['ARTIFACT_PATH_INVALID', 400, 'INVALID_PARAMETER_VALUE'],
  ['REQUEST_TOO_LARGE', 413, 'INVALID_PARAMETER_VALUE'],
  ['HOST_NOT_ALLOWED', 403, 'PERMISSION_DENIED'],
  ['DATABASE_BUSY', 503, 'TEMPORARILY_UNAVAILABLE'],
  ['DATABASE_DISK_FULL', 507, 'RESOURCE_EXHAUSTED'],
  ['ANYTHING', 500, 'INTERNAL_ERROR'],
])('%s with status %d is %s', (code, status, expected) => {
  expect(toMlflowCode(code, status)).toBe(expected);
});

test('every error has a code that the clients of MLflow know', () => {
  const own = serverErrorCodes.map((code) => toMlflowCode(code, new ServerError(code, '').status));
  const statuses = [400, 401, 403, 404, 409, 413, 500, 503, 507];
  const others = ridgelineErrorCodes.flatMap((code) => statuses.map((s) => toMlflowCode(code, s)));
  expect([...own, ...others].filter((code) => !known.includes(code))).toEqual([]);
});
