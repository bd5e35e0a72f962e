import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/recording-server.ts';
import { ApiError, clientError } from '../errors.ts';
import { backoffMs, isWorthRepeating, systemClock, withRetries } from './retry.ts';

describe('the delay before a try', () => {
  it('is between half and all of its doubling, and at most five seconds', () => {
    const tries = fc.nat(60);
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(tries, random, (tryIndex, chance) => {
        const most = Math.min(100 * 2 ** tryIndex, 5000);
        const delay = backoffMs(tryIndex, chance);
        return delay >= most / 2 && delay <= most;
      }),
    );
  });
});

describe('withRetries', () => {
  const refused = clientError('CONNECTION_REFUSED', 'away');
  const options = { retryForMs: 1000, mayRepeat: () => true };

  it('never starts a try after the time allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(120_000), async (retryForMs) => {
        const clock = new FakeClock();
        const attempt = () => Promise.reject(refused);
        await expect(withRetries(attempt, { ...options, retryForMs, clock })).rejects.toBe(refused);
        expect(clock.now()).toBeLessThanOrEqual(retryForMs);
      }),
    );
  });

  it('stops waiting when its signal says so', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const attempt = () => Promise.reject(refused);
    const retrying = withRetries(attempt, { ...options, clock: systemClock, signal });
    await expect(retrying).rejects.toThrow(/abort/i);
  });
});

describe('whether to repeat', () => {
  const answered = (status: number) => new ApiError({ code: 'X', status, message: 'm' });
  it.each([
    ['a refused connection', clientError('CONNECTION_REFUSED', ''), true, true],
    ['a lost connection', clientError('CONNECTION_LOST', ''), true, false],
    ['a 502', answered(502), true, false],
    ['a 500', answered(500), false, false],
    ['an unknown host', clientError('SERVER_UNREACHABLE', ''), false, false],
    ['an answer that is not JSON', clientError('ANSWER_NOT_UNDERSTOOD', ''), false, false],
    ['a mistake in code', new TypeError('x is not a function'), false, false],
  ])('%s: safe %s', (_, error, whenSafe, whenNot) => {
    expect(isWorthRepeating(error, true)).toBe(whenSafe);
    expect(isWorthRepeating(error, false)).toBe(whenNot);
  });
});
