import { expect, test } from 'vitest';
import { readRequestIds } from './request-ids.ts';

const request = 'x-request-id';
const legacy = 'x-ms-request-id';
const client = 'x-ms-client-request-id';

test.each([
  ['all three', { [request]: 'a', [legacy]: 'b', [client]: 'c' }, ['a', 'b', 'c']],
  ['the request id alone', { [request]: 'a' }, ['a', 'a', 'a']],
  ['the older name, for the client id too', { [request]: 'a', [legacy]: 'b' }, ['a', 'b', 'b']],
  ['the client id, for the older name too', { [request]: 'a', [client]: 'c' }, ['a', 'c', 'c']],
])('gives back %s', (_name, headers, [requestId, legacyId, clientId]) => {
  expect(readRequestIds(headers)).toEqual({ requestId, legacyId, clientId });
});

test('makes a missing request id, and another one each time', () => {
  const first = readRequestIds({});
  expect(first.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(first.legacyId).toBe(first.requestId);
  expect(readRequestIds({}).requestId).not.toBe(first.requestId);
});

test.each([request, legacy, client])('%s may have 100 characters and no more', (name) => {
  expect(() => readRequestIds({ [name]: 'x'.repeat(100) })).not.toThrow();
  expect(() => readRequestIds({ [name]: 'x'.repeat(101) })).toThrow(
    expect.objectContaining({
      code: 'REQUEST_ID_TOO_LONG',
      message: `${name} must not exceed 100 characters`,
    }),
  );
});
