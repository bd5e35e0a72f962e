import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortByRank } from './sort-by-rank.ts';

it('sorts as the language does, by rank and then by item', () => {
  const rank = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(rank, { maxLength: 255 }), (given) => {
      const items = Int32Array.from(given.keys());
      const ranks = Float64Array.from(given);
      sortByRank(items, ranks, given.length);
      const expected = [...given.keys()].sort((a, b) => given[a] - given[b] || a - b);
      expect([...items]).toEqual(expected);
      expect(ranks).toEqual(Float64Array.from(expected, (i) => given[i]));
    }),
  );
});
