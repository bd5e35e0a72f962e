import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from './database.ts';
import type { Migration } from './migrate.ts';

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

let folder: string;
let file: string;
const opened: { close(): Promise<void> }[] = [];

async function open(): Promise<Database<NoteTables>> {
  const database = await Database.open<NoteTables>(file);
  opened.push(database);
  return database;
}

async function openWithNotes(): Promise<Database<NoteTables>> {
  const database = await open();
  await database.migrate('test', [notesMigration]);
  return database;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ridgeline-database-'));
  file = join(folder, 'workspace.db');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe('durability', () => {
  test('the file is in WAL mode, synced in full, with foreign keys on', async () => {
    const database = await open();
    const settings = await database.write(async (transaction) => ({
      journal: await sql`pragma journal_mode`.execute(transaction),
      synchronous: await sql`pragma synchronous`.execute(transaction),
      foreignKeys: await sql`pragma foreign_keys`.execute(transaction),
    }));
    expect(settings.journal.rows).toEqual([{ journal_mode: 'wal' }]);
    expect(settings.synchronous.rows).toEqual([{ synchronous: 2 }]);
    expect(settings.foreignKeys.rows).toEqual([{ foreign_keys: 1 }]);
  });

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
    await expect(writing).rejects.toThrow('readonly');
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

describe('a file that cannot be used', () => {
  test('text in place of a database is DATABASE_CORRUPT, and the file is left as it was', async () => {
    writeFileSync(
      file,
      'this is certainly not a SQLite database, but long enough for a header'.repeat(20),
    );
    await expect(open()).rejects.toMatchObject({
      code: 'DATABASE_CORRUPT',
      status: 500,
      message: expect.stringContaining(file),
    });
  });

  test('a database cut in half is DATABASE_CORRUPT', async () => {
    const database = await openWithNotes();
    const rows = Array.from({ length: 500 }, (_, id) => ({ id, text: 'x'.repeat(200) }));
    await database.write((t) => t.insertInto('notes').values(rows).execute());
    await database.close();
    truncateSync(file, 4096 * 3);
    const reading = async () => (await open()).kysely.selectFrom('notes').selectAll().execute();
    await expect(reading()).rejects.toMatchObject({ code: 'DATABASE_CORRUPT' });
  });

  test('a folder that is not there is DATABASE_CANNOT_OPEN', async () => {
    file = join(folder, 'missing', 'workspace.db');
    await expect(open()).rejects.toMatchObject({ code: 'DATABASE_CANNOT_OPEN' });
  });

  test('a disk that is full is DATABASE_DISK_FULL, and the write left nothing', async () => {
    const database = await openWithNotes();
    await database.write((t) => sql`pragma max_page_count = 8`.execute(t));
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, text: 'x'.repeat(200) }));
    const writing = database.write((t) => t.insertInto('notes').values(rows).execute());
    await expect(writing).rejects.toMatchObject({ code: 'DATABASE_DISK_FULL', status: 507 });
    expect(await database.kysely.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  test('a database locked by another process is DATABASE_BUSY', async () => {
    const database = await Database.open<NoteTables>(file, { busyTimeoutMs: 50 });
    opened.push(database);
    const other = new DatabaseSync(file);
    try {
      other.exec('begin immediate');
      const writing = database.write((t) => sql`select 1`.execute(t));
      await expect(writing).rejects.toMatchObject({ code: 'DATABASE_BUSY', status: 503 });
      other.exec('rollback');
      await expect(database.write(async () => 'free again')).resolves.toBe('free again');
    } finally {
      other.close();
    }
  });
});
