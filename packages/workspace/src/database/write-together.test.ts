import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Database } from './database.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

interface NoteTables {
  notes: { id: number };
}

let database: Database<NoteTables>;
let groups: number[][];

beforeEach(async () => {
  groups = [];
  database = await Database.open<NoteTables>(emptyDatabasePlace(await temporaryFolder()));
  const up = async ({ schema }: Database<NoteTables>['kysely']) =>
    schema
      .createTable('notes')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .execute();
  await database.migrate('test', [{ name: '0001_notes', up: (db) => up(db as never) }]);
});

afterEach(() => database.close());

/** Refuses odd numbers by themselves, and all together where a negative one is among them. */
function opened(): (id: number) => Promise<void> {
  return database.writeTogether<number>(async (t, ids) => {
    groups.push([...ids]);
    const even = ids.filter((id) => id % 2 === 0).map((id) => ({ id }));
    if (even.length > 0) await t.insertInto('notes').values(even).execute();
    if (ids.some((id) => id < 0)) throw new Error('negative');
    return ids.map((id) => (id % 2 === 0 ? null : new Error(`${id} is odd`)));
  });
}

const stored = async () =>
  (await database.kysely.selectFrom('notes').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  );

test('what is asked for at the same time is done at once, and refused one by one', async () => {
  const add = opened();
  const results = await Promise.allSettled([2, 3, 4, 5].map(add));
  expect(groups).toEqual([[2, 3, 4, 5]]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ]);
  expect(results[3]).toMatchObject({ reason: { message: '5 is odd' } });
  expect(await stored()).toEqual([2, 4]);
  await add(6);
  expect(groups).toHaveLength(2);
});

test('none passes another write that was asked for before it', async () => {
  const add = opened();
  const clear = () => database.write((t) => t.deleteFrom('notes').execute());
  await Promise.all([add(2), add(4), clear(), add(6), add(8)]);
  expect(groups).toEqual([
    [2, 4],
    [6, 8],
  ]);
  expect(await stored()).toEqual([6, 8]);
});

test('where all fail together, nothing of them is kept, and the next begin anew', async () => {
  const add = opened();
  const results = await Promise.allSettled([add(2), add(-4)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await stored()).toEqual([]);
  await add(8);
  expect(await stored()).toEqual([8]);
});

test('of very many at once, each is done', async () => {
  const add = opened();
  await Promise.all(Array.from({ length: 2_500 }, (_, index) => add(index * 2)));
  expect(groups.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  expect(await stored()).toHaveLength(2_500);
});

test('inside a write it is an error and not a wait without end', async () => {
  const add = opened();
  await expect(database.write(() => add(2))).rejects.toThrow('would wait for itself');
});
