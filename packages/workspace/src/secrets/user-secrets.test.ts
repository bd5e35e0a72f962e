import { expect, test } from 'vitest';
import { userSecretName } from './user-secrets.ts';

test('what a user names is never a secret of the workspace itself', () => {
  expect(userSecretName('databricks-token')).toBe('user:databricks-token');
  expect(userSecretName('admin')).toBe('user:admin');
});

test.each(['', 'a b', '../x', 'user:x', 'x'.repeat(201)])('%j is no name', (name) => {
  expect(() => userSecretName(name)).toThrow('secret name');
});
