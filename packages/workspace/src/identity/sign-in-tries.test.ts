import { beforeEach, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { SignInTries, type TryCounter } from './sign-in-tries.ts';

const temporary = useTemporaryDatabase();
let now = 0;
let tries: SignInTries;

beforeEach(() => {
  now = 0;
  tries = new SignInTries(temporary.database, () => now);
});

const of = (key: string, limit = 2): TryCounter => ({ key, limit, windowMs: 1_000 });

test('a limit is reached by tries, ends with its while, and is each key’s own', async () => {
  expect(await tries.take([of('a')])).toBe(true);
  expect(await tries.isReached([of('a')])).toBe(false);
  expect(await tries.take([of('a')])).toBe(true);
  expect(await tries.isReached([of('a')])).toBe(true);
  expect(await tries.take([of('a')])).toBe(false);
  expect(await tries.isReached([of('b')])).toBe(false);
  now = 1_000;
  expect(await tries.isReached([of('a')])).toBe(false);
  expect(await tries.take([of('a')])).toBe(true);
});

test('where one of several limits is reached, the others count nothing', async () => {
  for (const _try of [1, 2]) await tries.take([of('a')]);
  expect(await tries.take([of('a'), of('b', 1)])).toBe(false);
  expect(await tries.isReached([of('b', 1)])).toBe(false);
});

test('what is forgotten counts no longer; what is taken back leaves the tries before it', async () => {
  for (const _try of [1, 2]) await tries.take([of('a'), of('b')]);
  await tries.forget([of('a')]);
  await tries.takeBack(of('b'));
  await tries.takeBack(of('never tried'));
  expect(await tries.isReached([of('a', 1)])).toBe(false);
  expect(await tries.isReached([of('b')])).toBe(false);
  expect(await tries.isReached([of('b', 1)])).toBe(true);
});

test('of a crowd that comes at once no more are let through than the limit says', async () => {
  const others = new SignInTries(temporary.database, () => now);
  const crowd = Array.from({ length: 20 }, (_, index) =>
    (index % 2 === 0 ? tries : others).take([of('a', 5)]),
  );
  expect((await Promise.all(crowd)).filter(Boolean)).toHaveLength(5);
});

test('a crowd of keys takes no more than its share of the disk: the oldest go first', async () => {
  await tries.take([of('first', 1)]);
  now = 1;
  const many = Array.from({ length: 10_000 }, (_, index) => of(`key-${index}`, 1));
  for (let start = 0; start < many.length; start += 500) {
    await tries.take(many.slice(start, start + 500));
  }
  expect(await tries.isReached([of('first', 1)])).toBe(false);
  expect(await tries.isReached([of('key-0', 1)])).toBe(true);
});

test('what was typed as a name is not to be found in the database', async () => {
  await tries.take([of('sign-in ::1 my-password')]);
  const rows = await temporary.database.kysely.selectFrom('sign_in_tries').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain('my-password');
});
