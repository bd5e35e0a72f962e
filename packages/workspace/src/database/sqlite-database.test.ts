import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
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

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, 'workspace.db');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

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

test('a disk that is full fails all that share its commit, and leaves nothing of them', async () => {
  const database = await openWithNotes();
  const add = (id: number, text = '') =>
    database.write((t) => t.insertInto('notes').values({ id, text }).execute());
  const ids = async () =>
    (await database.kysely.selectFrom('notes').select('id').execute()).map(({ id }) => id);
  await database.write((t) => sql`pragma max_page_count = 8`.execute(t));
  const results = await Promise.allSettled([add(1), add(2, 'x'.repeat(100_000)), add(3)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(results[2]).toMatchObject({ reason: { code: 'DATABASE_DISK_FULL' } });
  expect(await ids()).toEqual([]);
  await add(4);
  expect(await ids()).toEqual([4]);
});
