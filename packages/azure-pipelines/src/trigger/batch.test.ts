import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchedRun, type BatchState, idleBatch, pushed, runEnded } from './batch.ts';

describe('row 14.26: batch', () => {
  test('the pushes during a run start one run together when it has ended', () => {
    const first = pushed(idleBatch, 'a', true);
    expect(first.start).toEqual({ commits: ['a'], reason: 'BatchedCI' });
    const second = pushed(first.state, 'b', true);
    const third = pushed(second.state, 'c', true);
    expect([second.start, third.start]).toEqual([undefined, undefined]);
    const ended = runEnded(third.state);
    expect(ended.start).toEqual({ commits: ['b', 'c'], reason: 'BatchedCI' });
    expect(runEnded(ended.state)).toEqual({ state: idleBatch });
  });

  test('without it every push starts a run of its own', () => {
    const first = pushed(idleBatch, 'a', false);
    expect(first).toEqual({ state: idleBatch, start: { commits: ['a'], reason: 'IndividualCI' } });
    expect(pushed(first.state, 'b', false).start?.commits).toEqual(['b']);
  });

  test('property: every commit is built once, in order, and never two runs at a time', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (events) => {
        let state: BatchState = idleBatch;
        const built: string[] = [];
        const count = { pushed: 0 };
        const take = (start: BatchedRun | undefined) => built.push(...(start?.commits ?? []));
        for (const isPush of [...events, false, false]) {
          const step = isPush ? pushed(state, `${count.pushed++}`, true) : runEnded(state);
          if (isPush && state.isRunning) expect(step.start).toBeUndefined();
          take(step.start);
          state = step.state;
        }
        expect(built).toEqual(Array.from({ length: count.pushed }, (_, index) => `${index}`));
      }),
    );
  });
});
