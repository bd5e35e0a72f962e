import { expect, test } from 'vitest';
import { requestToken } from './request-token.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['Token abc', 'abc'],
  ['BEARER   abc  ', 'abc'],
  [basic('anybody:abc'), 'abc'],
  [basic(':abc'), 'abc'],
  [basic('a:b:c'), 'b:c'],
  [basic('user:'), ''],
])('%s holds the token %s', (header, token) => {
  expect(requestToken(header)).toBe(token);
});

test.each([
  undefined,
  '',
  'abc',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Digest abc',
  basic('no colon'),
  'Basic !!!',
])('%s holds none', (header) => {
  expect(requestToken(header)).toBeNull();
});
