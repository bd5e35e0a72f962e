import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Database } from './database.ts';
import type { Migration } from './migrate.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';
import { WriteBatches } from './write-batches.ts';

interface NoteTables {
  notes: { id: number; text: string };
}

let place: string;
let database: Database<NoteTables>;

const notesMigration: Migration = {
  name: '0001_notes',
  async up({ schema }) {
    const table = schema.createTable('notes').addColumn('text', 'text');
    await table.addColumn('id', 'integer', (column) => column.primaryKey()).execute();
  },
};

beforeEach(async () => {
  place = emptyDatabasePlace(await temporaryFolder());
  database = await Database.open<NoteTables>(place);
  await database.migrate('test', [notesMigration]);
});

afterEach(async () => {
  await database.close();
});

const add = (id: number, text = '') =>
  database.write((t) => t.insertInto('notes').values({ id, text }).execute());
const ids = async () =>
  (await database.kysely.selectFrom('notes').select('id').orderBy('id').execute()).map((r) => r.id);

test('writes that wait at the same time share a commit', async () => {
  let commits = 0;
  const batches = new WriteBatches<NoteTables>((work) => {
    commits += 1;
    return database.write(work);
  });
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map((id) => batches.write(async () => order.push(id))));
  expect(order).toEqual([1, 2, 3, 4]);
  expect(commits).toBe(1);
  await batches.write(async () => order.push(5));
  expect(commits).toBe(2);
});

test('one that fails takes no other with it, whatever it had written before', async () => {
  const failing = database.write(async (t) => {
    await t.insertInto('notes').values({ id: 2, text: '' }).execute();
    throw new Error('no');
  });
  const others = [add(1), add(3)];
  await expect(failing).rejects.toThrow('no');
  await Promise.all(others);
  expect(await ids()).toEqual([1, 3]);
});

test('any mixture of writes keeps those that succeed, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('good', 'bad', 'late', 'nested')), async (kinds) => {
      await database.write((t) => t.deleteFrom('notes').execute());
      const writes = kinds.map((kind, id) =>
        database.write(async (t) => {
          await t.insertInto('notes').values({ id, text: kind }).execute();
          if (kind === 'late') await new Promise((resolve) => setImmediate(resolve));
          if (kind === 'bad') throw new Error('bad');
          if (kind === 'nested') await database.write(async () => {});
        }),
      );
      const results = await Promise.allSettled(writes);
      const good = kinds.flatMap((kind, id) => (kind === 'good' || kind === 'late' ? [id] : []));
      expect(results.flatMap(({ status }, id) => (status === 'fulfilled' ? [id] : []))).toEqual(
        good,
      );
      expect(await ids()).toEqual(good);
    }),
    { numRuns: 30 },
  );
});

test('a write works in the context of its caller', async () => {
  const context = new AsyncLocalStorage<string>();
  const seen = await Promise.all(
    ['a', 'b'].map((name) =>
      context.run(name, () => database.write(async () => context.getStore())),
    ),
  );
  expect(seen).toEqual(['a', 'b']);
});

test('all that was asked for is written before the file is closed', async () => {
  const writes = [1, 2, 3].map((id) => add(id));
  await database.close();
  await Promise.all(writes);
  database = await Database.open<NoteTables>(place);
  expect(await ids()).toEqual([1, 2, 3]);
});
