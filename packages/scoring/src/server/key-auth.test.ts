import { expect, test } from 'vitest';
import { createKeyCheck } from './key-auth.ts';

const check = createKeyCheck(['primary-key', 'secondary-key']);

test.each(['Bearer primary-key', 'Bearer secondary-key', 'bearer primary-key'])(
  'lets %j in',
  (authorization) => {
    expect(() => check(authorization)).not.toThrow();
  },
);

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  'Bearer primary-key2',
  'Bearer primary-ke',
  'Bearer PRIMARY-KEY',
  'Bearer primary-key secondary-key',
  'Basic primary-key',
  'primary-key',
])('keeps %j out, and does not repeat it', (authorization) => {
  expect(() => check(authorization)).toThrow(
    expect.objectContaining({
      code: 'REQUEST_KEY_INVALID',
      message: expect.not.stringContaining('primary'),
    }),
  );
});

test('without keys everybody is let in', () => {
  expect(() => createKeyCheck([])(undefined)).not.toThrow();
});
