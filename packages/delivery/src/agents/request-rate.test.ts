// An agent that asks without end is held up, and no other with it.
import { expect, test } from 'vitest';
import { RequestRate } from './request-rate.ts';

test('so many at once, and then as many as a second brings', () => {
  let now = 0;
  const rate = new RequestRate(() => now);
  const taken = (agent: string) => {
    for (let count = 0; ; count++) {
      try {
        rate.take(agent);
      } catch (error) {
        expect(error).toMatchObject({ code: 'AGENT_TOO_MANY_REQUESTS', status: 429 });
        return count;
      }
    }
  };
  expect(taken('one')).toBe(2_000);
  now = 1_000;
  expect(taken('one')).toBe(500);
  expect(taken('other')).toBe(2_000);
  now = 3_600_000;
  expect(taken('one')).toBe(2_000);
});
