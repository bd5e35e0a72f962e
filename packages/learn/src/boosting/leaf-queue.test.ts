import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LeafQueue, type QueuedLeaf } from './leaf-queue.ts';

it('gives the greatest gain first, of equal ones the lower number', () => {
  const gains = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(gains, gains, (first, second) => {
      const queue = new LeafQueue<QueuedLeaf>();
      const held: QueuedLeaf[] = [];
      const takeAll = (count: number) => {
        held.sort((a, b) => b.split.gain - a.split.gain || a.id - b.id);
        for (const expected of held.splice(0, count)) expect(queue.take()).toBe(expected);
      };
      [...first, ...second].forEach((gain, id) => {
        const leaf = { id, split: { gain } };
        queue.add(leaf);
        held.push(leaf);
        if (id === first.length) takeAll(first.length >>> 1);
      });
      takeAll(held.length);
      expect(queue.take()).toBeNull();
    }),
  );
});
