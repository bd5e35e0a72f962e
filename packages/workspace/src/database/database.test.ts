import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Database } from './database.ts';
import type { Migration } from './migrate.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

interface NoteTables {
  notes: { id: number; text: string };
}

const notesMigration: Migration = {
  name: '0001_notes',
  async up(database) {
    await database.schema
      .createTable('notes')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
  },
};

let place: string;
const opened: { close(): Promise<void> }[] = [];

async function open(): Promise<Database<NoteTables>> {
  const database = await Database.open<NoteTables>(place);
  opened.push(database);
  return database;
}

async function openWithNotes(): Promise<Database<NoteTables>> {
  const database = await open();
  await database.migrate('test', [notesMigration]);
  return database;
}

beforeEach(async () => {
  place = emptyDatabasePlace(await temporaryFolder());
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

describe('durability', () => {
  test('what was written is there after closing and opening again', async () => {
    const first = await openWithNotes();
    await first.write((t) => t.insertInto('notes').values({ id: 1, text: 'kept' }).execute());
    await first.close();
    const second = await openWithNotes();
    expect(await second.kysely.selectFrom('notes').selectAll().execute()).toEqual([
      { id: 1, text: 'kept' },
    ]);
  });
});

describe('write', () => {
  test('a rejected write leaves nothing', async () => {
    const database = await openWithNotes();
    const failing = database.write(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'half' }).execute();
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await database.kysely.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  test('writers take turns in the order of their calls', async () => {
    const database = await openWithNotes();
    const order: string[] = [];
    const writer = (name: string) =>
      database.write(async (transaction) => {
        order.push(`${name} begins`);
        await transaction.selectFrom('notes').selectAll().execute();
        await new Promise((resolve) => setTimeout(resolve, 2));
        order.push(`${name} ends`);
      });
    await Promise.all([writer('a'), writer('b'), writer('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('a reader does not see a write that is under way', async () => {
    const database = await openWithNotes();
    await database.write(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'later' }).execute();
      expect(await database.kysely.selectFrom('notes').selectAll().execute()).toEqual([]);
    });
    expect(await database.kysely.selectFrom('notes').selectAll().execute()).toHaveLength(1);
  });

  test('write inside write is an error and not a wait without end', async () => {
    const database = await openWithNotes();
    const nested = database.write(() => database.write(async () => 1));
    await expect(nested).rejects.toThrow('would wait for itself');
    await expect(database.write(async () => 'still works')).resolves.toBe('still works');
  });

  test('a write started by a write, but not waited for, runs after it', async () => {
    const database = await openWithNotes();
    let follower: Promise<string> | undefined;
    await database.write(async () => {
      setTimeout(() => {
        follower = database.write(async () => 'ran');
      }, 0);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(follower).resolves.toBe('ran');
  });

  test('writing through the reading side fails', async () => {
    const database = await openWithNotes();
    const writing = database.kysely.insertInto('notes').values({ id: 1, text: 'no' }).execute();
    await expect(writing).rejects.toThrow(/read-?only/);
  });
});

describe('read', () => {
  test('all queries of one read see the same commit', async () => {
    const database = await openWithNotes();
    const counts = await database.read(async (transaction) => {
      const before = await transaction.selectFrom('notes').selectAll().execute();
      await database.write((t) => t.insertInto('notes').values({ id: 1, text: 'new' }).execute());
      const after = await transaction.selectFrom('notes').selectAll().execute();
      return [before.length, after.length];
    });
    expect(counts).toEqual([0, 0]);
  });

  test('a query on the side of a read is an error and not a wait without end', async () => {
    const database = await openWithNotes();
    const nested = database.read(() => database.kysely.selectFrom('notes').selectAll().execute());
    await expect(nested).rejects.toThrow('would wait for itself');
  });
});

describe('migrate', () => {
  test('each namespace keeps its own record, and running again changes nothing', async () => {
    const database = await openWithNotes();
    const other: Migration = {
      name: '0001_other',
      up: (db) => db.schema.createTable('other').addColumn('id', 'integer').execute(),
    };
    await database.migrate('jobs', [other]);
    await database.migrate('jobs', [other]);
    await database.migrate('test', [notesMigration]);
    const tables = await database.kysely.introspection.getTables();
    expect(tables.map((table) => table.name)).toEqual(expect.arrayContaining(['notes', 'other']));
  });

  test('a migration that fails leaves nothing behind and is named', async () => {
    const database = await openWithNotes();
    const broken: Migration = {
      name: '0002_broken',
      async up(db) {
        await db.schema.createTable('half').addColumn('id', 'integer').execute();
        throw new Error('no luck');
      },
    };
    await expect(database.migrate('test', [notesMigration, broken])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: "migration 0002_broken of 'test' failed: no luck; nothing was changed",
    });
    const tables = await database.kysely.introspection.getTables();
    expect(tables.map((table) => table.name)).not.toContain('half');
  });

  test('a database written by newer code is refused', async () => {
    const newer: Migration = { name: '0002_later', up: async () => {} };
    const database = await open();
    await database.migrate('test', [notesMigration, newer]);
    await expect(database.migrate('test', [notesMigration])).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      status: 409,
      message: expect.stringContaining('0002_later'),
    });
  });

  test('a list that is not sorted by name is refused', async () => {
    const database = await open();
    const early: Migration = { name: '0000_early', up: async () => {} };
    await expect(database.migrate('test', [notesMigration, early])).rejects.toThrow('sorted');
  });
});
