import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChangeReader } from './change-reader.ts';
import { ChangeRing } from './change-ring.ts';

const place = { experimentId: null, runIds: [] };
const entry = (number: number) => {
  const change = { kind: 'build', buildId: String(number) } as const;
  return { change, place, text: 'x'.repeat(number % 7) };
};

it('a reader, however slow, has each change once and in order, or is told that some are missing', () => {
  const step = fc.oneof(
    fc.record({ append: fc.integer({ min: 1, max: 30 }) }),
    fc.constant('read' as const),
    fc.constant('come again' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ring = new ChangeRing({ maxEntries: 20, maxCharacters: 60 });
      const newReader = (after: string | null) =>
        new ChangeReader(ring, 'abcdef01', after, () => {});
      let reader = newReader(null);
      let appended = 0;
      /** The last that is known, whether it was read or is known to be missing. */
      let known = 0;
      for (const each of steps) {
        if (each === 'come again') reader = newReader(reader.id);
        else if (each === 'read') {
          for (const { change } of reader.next()) {
            const number =
              change === null ? appended : Number('buildId' in change && change.buildId);
            expect(number).toBe(change === null ? appended : known + 1);
            known = number;
          }
          expect(known).toBe(appended);
        } else for (let n = 0; n < each.append; n += 1) ring.append(entry(++appended));
      }
    }),
  );
});

it('keeps no more than it may', () => {
  const ring = new ChangeRing({ maxEntries: 10, maxCharacters: 1_000 });
  for (let number = 1; number <= 1_000; number += 1) {
    ring.append(entry(number));
    expect(ring.after(number - 11, 100)).toBeNull();
  }
  expect(ring.after(ring.head - 1, 100)).toHaveLength(1);
});
