import { describe, expect, it } from 'vitest';
import type { Dimension } from '../learners/learner.ts';
import { LocalSearch } from './local-search.ts';

const shared = { isLog: true, isWhole: false, start: 1 } as const;
const space: readonly Dimension[] = [
  { ...shared, name: 'a', min: 1e-3, max: 1e3 },
  { ...shared, name: 'b', min: 1e-3, max: 1e3 },
  { name: 'c', min: 1, max: 100, isLog: true, isWhole: true, start: 1 },
];

/** Least at a = 0.1, b = 10, c = 10. */
function loss(parameters: Readonly<Record<string, unknown>>): number {
  const { a, b, c } = parameters;
  return (
    Math.log(Number(a) / 0.1) ** 2 + Math.log(Number(b) / 10) ** 2 + Math.log(Number(c) / 10) ** 2
  );
}

describe('the local search', () => {
  it('walks to a minimum that lies magnitudes away', () => {
    const from = { a: 100, b: 0.01, c: 1 };
    const search = new LocalSearch(space, from, loss(from), 1);
    for (let id = 0; id < 150; id++) search.tell(id, loss(search.propose(id)));
    expect(search.bestLoss).toBeLessThan(0.1 * loss(from));
  });

  it('stays within the space, whole where numbers are whole', () => {
    const search = new LocalSearch(space, {}, 1, 2);
    for (let id = 0; id < 100; id++) {
      const { a, c } = search.propose(id);
      expect(Number(a)).toBeGreaterThanOrEqual(1e-3);
      expect(Number(a)).toBeLessThanOrEqual(1e3);
      expect(Number.isInteger(c)).toBe(true);
      search.tell(id, id % 7);
    }
  });

  it('ends where nothing helps any more', () => {
    const search = new LocalSearch(space, {}, 0, 3);
    for (let id = 0; id < 200; id++) {
      search.propose(id);
      search.tell(id, 1);
    }
    expect(search.isDone).toBe(true);
  });

  it('proposes the same for the same seed', () => {
    const proposals = [1, 2].map(() => {
      const search = new LocalSearch(space, {}, 1, 4);
      return [0, 1, 2].map((id) => search.propose(id));
    });
    expect(proposals[0]).toEqual(proposals[1]);
  });
});
