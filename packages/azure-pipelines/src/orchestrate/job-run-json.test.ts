// A job that goes to another machine arrives as it was.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobRun } from './job-run.ts';
import { packJobRun, unpackJobRun } from './job-run-json.ts';

const key = fc.oneof(fc.constantFrom('$map', '$set', '$object', '__proto__'), fc.string());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.uniqueArray(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 3 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));

test('through JSON and back it is the same, whatever its names and values are', () => {
  fc.assert(
    fc.property(value, (inner) => {
      const run = { id: 'A.B@1', contexts: { dependencies: inner } } as unknown as JobRun;
      const sent = JSON.stringify(packJobRun(run));
      expect(unpackJobRun(JSON.parse(sent))).toStrictEqual(run);
    }),
  );
});

test('what is undefined is left out', () => {
  const run = { id: 'A', leg: undefined } as unknown as JobRun;
  expect(unpackJobRun(JSON.parse(JSON.stringify(packJobRun(run))))).toStrictEqual({ id: 'A' });
});
