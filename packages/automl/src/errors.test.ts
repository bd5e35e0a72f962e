import { expect, it } from 'vitest';
import { AutoMLError } from './errors.ts';

it('tells code, status and column', () => {
  const error = new AutoMLError('TARGET_INVALID', 'no', { column: 'y' });
  expect(error).toMatchObject({ code: 'TARGET_INVALID', status: 400, column: 'y' });
  expect(new AutoMLError('NO_MODEL_FOUND', 'none')).toMatchObject({ status: 422, column: null });
});
