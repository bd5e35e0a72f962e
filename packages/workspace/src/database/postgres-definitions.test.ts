import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from './database.ts';
import type { Migration } from './migrate.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

let database: Database<{ notes: { id: number } }>;

beforeEach(async () => {
  database = await Database.open(emptyDatabasePlace(''));
});
afterEach(() => database.close());

const first: Migration = {
  name: '0001_first',
  async up(db) {
    await db.schema.createTable('notes').addColumn('id', 'integer').execute();
    const one = sql<{ id: number }>`insert into notes (id) values (${1}) returning id`;
    const { rows } = await one.execute(db);
    await db.schema.createTable('copies').addColumn('id', 'integer').execute();
    await sql`insert into copies (id) select id + ${rows[0]?.id} from notes`.execute(db);
    await db.schema.alterTable('notes').renameTo('kept').execute();
  },
};

async function idsIn(table: string): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)}`.execute(
    database.kysely,
  );
  return rows.map(({ id }) => id);
}

test('what a migration defines is there for what it does next, and in the end', async () => {
  await database.migrate('test', [first]);
  expect([await idsIn('kept'), await idsIn('copies')]).toEqual([[1], [2]]);
});

test('a definition that fails is of its migration, undoes all, and leaves the connection usable', async () => {
  const twice: Migration = {
    name: '0002_twice',
    async up(db) {
      await db.schema.createTable('copies').addColumn('id', 'integer').execute();
    },
  };
  const last: Migration = { name: '0003_last', up: async () => {} };
  await expect(database.migrate('test', [first, twice, last])).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringMatching(/^migration 0002_twice of 'test' failed: .*"copies"/),
  });
  expect(await database.kysely.introspection.getTables()).toEqual([]);
  await database.migrate('test', [first]);
  expect(await idsIn('copies')).toEqual([2]);
});
