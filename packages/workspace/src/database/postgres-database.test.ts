import { once } from 'node:events';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database, type DatabaseOptions } from './database.ts';
import type { Migration } from './migrate.ts';
import { assertUsable } from './postgres-schema.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

interface NoteTables {
  notes: { id: number; text: string };
}

const notesMigration: Migration = {
  name: '0001_notes',
  async up({ schema }) {
    const table = schema.createTable('notes').addColumn('text', 'text');
    await table.addColumn('id', 'integer', (column) => column.primaryKey()).execute();
  },
};

let place: string;
const opened: { close(): Promise<void> }[] = [];

async function open(
  address = place,
  options: DatabaseOptions = { reconnectMs: 100 },
): Promise<Database<NoteTables>> {
  const database = await Database.open<NoteTables>(address, options);
  opened.push(database);
  return database;
}

async function openWithNotes(...args: Parameters<typeof open>): Promise<Database<NoteTables>> {
  const database = await open(...args);
  await database.migrate('test', [notesMigration]);
  return database;
}

const add = (database: Database<NoteTables>, id: number, text = '') =>
  database.write((t) => t.insertInto('notes').values({ id, text }).execute());
const ids = async (database: Database<NoteTables>) =>
  (await database.kysely.selectFrom('notes').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  );

beforeEach(() => {
  place = emptyDatabasePlace('');
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

describe('what a connection is set to', () => {
  test('a commit waits for the disk, and no reader can write', async () => {
    const database = await open();
    const onWriter = await database.write((t) => sql`show synchronous_commit`.execute(t));
    expect(onWriter.rows).toEqual([{ synchronous_commit: 'on' }]);
    const onReader = await sql`show default_transaction_read_only`.execute(database.kysely);
    expect(onReader.rows).toEqual([{ default_transaction_read_only: 'on' }]);
  });

  test('whole numbers and counts come as numbers', async () => {
    const database = await openWithNotes();
    await add(database, Number.MAX_SAFE_INTEGER);
    const { rows } = await sql`select max(id), count(*), sum(id) from notes`.execute(
      database.kysely,
    );
    const id = Number.MAX_SAFE_INTEGER;
    expect(rows).toEqual([{ max: id, count: 1, sum: id }]);
  });

  test('text sorts and is told apart by its code points, as in SQLite', async () => {
    const database = await openWithNotes();
    for (const [id, text] of ['b', 'B', 'ä', 'a', '_'].entries()) await add(database, id, text);
    const query = database.kysely.selectFrom('notes').select('text').orderBy('text');
    expect((await query.execute()).map(({ text }) => text)).toEqual(['B', '_', 'a', 'b', 'ä']);
  });

  test('a pattern takes a backslash for a backslash', async () => {
    const database = await openWithNotes();
    await add(database, 1, String.raw`a\b`);
    const like = (pattern: string) =>
      database.kysely.selectFrom('notes').select('id').where('text', 'like', pattern).execute();
    expect(await like(String.raw`a\_`)).toHaveLength(1);
    expect(await like(String.raw`a\\b`)).toHaveLength(0);
  });

  test('a list without anything in it is found in nothing', async () => {
    const database = await openWithNotes();
    await add(database, 1);
    const query = database.kysely.selectFrom('notes').selectAll();
    expect(await query.where('id', 'in', []).execute()).toEqual([]);
    expect(await query.where('id', 'not in', []).execute()).toHaveLength(1);
  });
});

describe('several servers', () => {
  test('that start at once make the schema and its tables once', async () => {
    const databases = await Promise.all([1, 2, 3, 4].map(() => openWithNotes()));
    await Promise.all(databases.map((database, id) => add(database, id)));
    for (const database of databases) expect(await ids(database)).toEqual([0, 1, 2, 3]);
  });

  test('take turns in writing, so that none misses what another has just counted', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => openWithNotes()));
    const addNext = (database: Database<NoteTables>) =>
      database.write(async (t) => {
        const max = await t
          .selectFrom('notes')
          .select(({ fn }) => fn.max('id').as('last'))
          .executeTakeFirstOrThrow();
        const id = (max.last ?? 0) + 1;
        await t.insertInto('notes').values({ id, text: '' }).execute();
      });
    const turns = Array.from({ length: 60 }, (_, index) => databases[index % 3]);
    await Promise.all(turns.map((database) => database && addNext(database)));
    expect(await ids(await open())).toEqual(Array.from({ length: 60 }, (_, id) => id + 1));
  });

  test('with workspaces of other schemas see nothing of each other', async () => {
    const one = await openWithNotes();
    const other = await openWithNotes(emptyDatabasePlace(''));
    await add(one, 1);
    expect(await ids(other)).toEqual([]);
    expect((await one.kysely.introspection.getTables()).map(({ name }) => name)).toContain('notes');
  });

  test('one that is stopped in the middle of a write keeps the others waiting for a while only', async () => {
    const stopped = await openWithNotes(place, { statementTimeoutMs: 300 });
    const other = await open();
    const begun = Promise.withResolvers<void>();
    const never = Promise.withResolvers<void>();
    const writing = stopped.write(async (t) => {
      await t.insertInto('notes').values({ id: 1, text: '' }).execute();
      begun.resolve();
      await never.promise;
    });
    await begun.promise;
    await add(other, 2);
    never.resolve();
    await expect(writing).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect(await ids(other)).toEqual([2]);
    await add(stopped, 3);
    expect(await ids(other)).toEqual([2, 3]);
  });
});

describe('what cannot be kept', () => {
  test('text with the character NUL is refused, and takes no other write with it', async () => {
    const database = await openWithNotes();
    const results = await Promise.allSettled([
      add(database, 1),
      add(database, 2, 'a\0b'),
      add(database, 3),
    ]);
    expect(results[1]).toMatchObject({ reason: { code: 'INVALID_PARAMETER_VALUE', status: 400 } });
    expect(await ids(database)).toEqual([1, 3]);
  });

  test('a statement that takes too long is DATABASE_BUSY', async () => {
    const database = await open(place, { statementTimeoutMs: 100 });
    const waiting = database.write((t) => sql`select pg_sleep(30)`.execute(t));
    await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_BUSY', status: 503 });
    await expect(database.write(async () => 'works')).resolves.toBe('works');
  });

  test('a read that finds all connections at work is DATABASE_BUSY, and the others go on', async () => {
    const database = await open(place, { connectTimeoutMs: 300 });
    const gate = Promise.withResolvers<void>();
    const reads = Array.from({ length: 8 }, () =>
      database.read(async (t) => {
        await sql`select 1`.execute(t);
        await gate.promise;
      }),
    );
    const ninth = sql`select 1`.execute(database.kysely);
    await expect(ninth).rejects.toMatchObject({ code: 'DATABASE_BUSY', status: 503 });
    gate.resolve();
    await Promise.all(reads);
    expect((await sql`select 1 as n`.execute(database.kysely)).rows).toEqual([{ n: 1 }]);
  });
});

/** A way to Postgres that can be cut. */
class Wire {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  async open(): Promise<URL> {
    const target = new URL(place);
    this.#server = createServer((socket) => {
      const onward = connectTo(Number(target.port), target.hostname);
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('error', () => {});
      }
      socket.pipe(onward).pipe(socket);
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    const url = new URL(place);
    url.port = String(this.#port);
    return url;
  }

  cut(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}

describe('a connection that is lost', () => {
  test('is DATABASE_UNREACHABLE, and works again by itself once it is back', async () => {
    const wire = new Wire();
    const database = await openWithNotes((await wire.open()).href);
    await add(database, 1);
    wire.cut();
    const lost = { code: 'DATABASE_UNREACHABLE', status: 503 };
    await expect(add(database, 2)).rejects.toMatchObject(lost);
    await expect(ids(database)).rejects.toMatchObject(lost);
    await expect(database.read((t) => sql`select 1`.execute(t))).rejects.toMatchObject(lost);
    await wire.open();
    await add(database, 3);
    expect(await ids(database)).toEqual([1, 3]);
    wire.cut();
  });

  test('for a moment only fails no request that comes then', async () => {
    const wire = new Wire();
    const url = (await wire.open()).href;
    const database = await openWithNotes(url, { reconnectMs: 20_000 });
    await ids(database);
    wire.cut();
    const asked = [add(database, 1), database.read((t) => sql`select 1`.execute(t))];
    await new Promise((resolve) => setTimeout(resolve, 50));
    await wire.open();
    await Promise.all(asked);
    expect(await ids(database)).toEqual([1]);
    wire.cut();
  });

  test('in the midst of a write leaves nothing of it, and of those that shared its commit', async () => {
    const wire = new Wire();
    const database = await openWithNotes((await wire.open()).href);
    const writes = [
      add(database, 1),
      database.write(async (t) => {
        await t.insertInto('notes').values({ id: 2, text: '' }).execute();
        wire.cut();
      }),
      add(database, 3),
    ];
    const results = await Promise.allSettled(writes);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await wire.open();
    expect(await ids(database)).toEqual([]);
    wire.cut();
  });
});

describe('an address', () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(place);
    change(url);
    return url.href;
  };

  test.each([
    ['of a wrong password', (url: URL) => (url.password = 'wr0ng-pass'), 'DATABASE_CANNOT_OPEN'],
    ['without its password', (url: URL) => (url.password = ''), 'DATABASE_CANNOT_OPEN'],
    ['of an unknown user', (url: URL) => (url.username = 'nobody-we-know'), 'DATABASE_CANNOT_OPEN'],
    ['of an unknown database', (url: URL) => (url.pathname = '/missing'), 'DATABASE_CANNOT_OPEN'],
    ['of a port where none listens', (url: URL) => (url.port = '1'), 'DATABASE_UNREACHABLE'],
    ['of an unknown host', (url: URL) => (url.hostname = 'db.invalid'), 'DATABASE_UNREACHABLE'],
    ['without a database', (url: URL) => (url.pathname = ''), 'DATABASE_ADDRESS_INVALID'],
    [
      'of a schema that no schema can be called',
      (url: URL) => url.searchParams.set('schema', 'a"; drop'),
      'DATABASE_ADDRESS_INVALID',
    ],
    [
      "of a schema of Postgres's own",
      (url: URL) => url.searchParams.set('schema', 'pg_catalog'),
      'DATABASE_ADDRESS_INVALID',
    ],
    [
      'with a parameter that it does not know',
      (url: URL) => url.searchParams.set('options', '-c fsync=off'),
      'DATABASE_ADDRESS_INVALID',
    ],
  ])('%s is refused, without its password', async (_what, change, code) => {
    const address = changed(change);
    const error = await open(address).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    const password = new URL(address).password || 'no password';
    expect(String((error as Error).message)).not.toContain(password);
    expect(JSON.stringify(error)).not.toContain(password);
  });

  test('that is none at all is refused and not repeated', async () => {
    const error = await open('postgres:secret@@@:x:y').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DATABASE_ADDRESS_INVALID' });
    expect(String(error)).not.toContain('secret');
  });
});

test.each([
  [{ version: 130_011, encoding: 'UTF8', hasSchema: true }, 'is Postgres 13; version 14'],
  [{ version: 180_004, encoding: 'LATIN1', hasSchema: true }, 'has the encoding LATIN1'],
])('a database of %j cannot be used', (facts, message) => {
  expect(() => assertUsable(facts, 'postgres://db/ml')).toThrow(message);
});
