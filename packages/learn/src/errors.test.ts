import { describe, expect, it } from 'vitest';
import { LearnError } from './errors.ts';

describe('LearnError', () => {
  it('carries code, status, message and cause', () => {
    const cause = new Error('disk');
    const error = new LearnError('MODEL_NOT_FOUND', 'there is no model', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'LearnError',
      code: 'MODEL_NOT_FOUND',
      status: 404,
      message: 'there is no model',
      cause,
    });
  });
});
