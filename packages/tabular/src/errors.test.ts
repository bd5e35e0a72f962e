import { expect, test } from 'vitest';
import { TabularError } from './errors.ts';

test('an error carries its code, its status, its message and its cause', () => {
  const cause = new Error('disk');
  const error = new TabularError('DATA_FILE_NOT_FOUND', 'gone', { cause });
  expect(error).toMatchObject({ code: 'DATA_FILE_NOT_FOUND', status: 404, message: 'gone', cause });
  expect(error).toBeInstanceOf(Error);
});
