import { expect, test } from 'vitest';
import { RidgelineError, ridgelineErrorCodes } from './errors.ts';

test('every code is upper snake case and has an HTTP status of an error', () => {
  for (const code of ridgelineErrorCodes) {
    const error = new RidgelineError(code, 'message');
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(600);
    expect(error).toMatchObject({ name: 'RidgelineError', code, message: 'message' });
  }
});

test('the cause is kept', () => {
  const cause = new Error('disk');
  expect(new RidgelineError('DATABASE_DISK_FULL', 'full', { cause }).cause).toBe(cause);
});
