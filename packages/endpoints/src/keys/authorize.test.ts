import { expect, it } from 'vitest';
import { authorize, hashKey } from './authorize.ts';

const keys = [hashKey('first'), hashKey('second')];

it.each(['Bearer first', 'Bearer second', 'bearer first', 'BEARER  second '])(
  '%j lets in',
  (authorization) => {
    expect(() => authorize('diabetes', authorization, keys)).not.toThrow();
  },
);

it.each([undefined, '', 'Bearer', 'Bearer ', 'first', 'Basic first', 'Bearer first second'])(
  '%j carries no key, and the message says where keys are found',
  (authorization) => {
    expect(() => authorize('diabetes', authorization, keys)).toThrow(
      expect.objectContaining({
        code: 'KEY_MISSING',
        status: 401,
        message: expect.stringMatching(/ridgeline endpoint keys diabetes.*listKeys/),
      }),
    );
  },
);

it.each(['Bearer third', 'Bearer firs', 'Bearer first1', 'Bearer FIRST'])(
  '%j carries a wrong key, and the message does not repeat it',
  (authorization) => {
    expect(() => authorize('diabetes', authorization, keys)).toThrow(
      expect.objectContaining({
        code: 'KEY_WRONG',
        status: 401,
        message: expect.not.stringContaining(authorization.slice(7)),
      }),
    );
  },
);

it('an endpoint without keys lets nobody in', () => {
  expect(() => authorize('diabetes', 'Bearer first', [])).toThrow(
    expect.objectContaining({ code: 'KEY_WRONG' }),
  );
});
