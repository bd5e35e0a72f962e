import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from './database.ts';
import type { EngineLease } from './engine-lease.ts';
import { emptyDatabasePlace } from './temporary-database.fixture.ts';

let place: string;
const opened: { close(): Promise<void> }[] = [];

beforeEach(() => {
  place = emptyDatabasePlace('');
});

afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

async function open(address = place): Promise<EngineLease> {
  const database = await Database.open(address);
  const lease = database.lease();
  opened.push({ close: () => lease.release().then(() => database.close()) });
  return lease;
}

/** What happens to the connections of a server that is killed. */
async function endConnections(): Promise<void> {
  const url = new URL(place);
  const name = `ridgeline ${url.searchParams.get('schema')} engines`;
  url.search = '';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  const sql =
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = $1';
  await client.query(sql, [name]);
  await client.end();
}

test('one server has it until it gives it back', async () => {
  const [first, second] = [await open(), await open()];
  expect(await first.take()).toBe(true);
  expect(await first.take()).toBe(true);
  expect(await second.take()).toBe(false);
  await first.release();
  expect(await second.take()).toBe(true);
  expect(await first.take()).toBe(false);
});

test('of many that ask at once one gets it', async () => {
  const leases = await Promise.all([1, 2, 3, 4, 5].map(() => open()));
  const taken = await Promise.all(leases.map((lease) => lease.take()));
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test('it is free when its holder is gone, who then learns that another has it', async () => {
  const [first, second] = [await open(), await open()];
  await first.take();
  await endConnections();
  expect(await second.take()).toBe(true);
  expect(await first.take()).toBe(false);
});

test('a holder that has lost its connection alone takes it again', async () => {
  const lease = await open();
  await lease.take();
  await endConnections();
  expect(await lease.take()).toBe(true);
});

test('each schema has its own', async () => {
  const [first, other] = [await open(), await open(emptyDatabasePlace(''))];
  expect([await first.take(), await other.take()]).toEqual([true, true]);
});
