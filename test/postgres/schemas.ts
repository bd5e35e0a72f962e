// For the test files that run on Postgres: RIDGELINE_DATABASE names a schema of the file's own. Each
// test finds it as the migrations have left it, for making its tables anew would take longer than
// most tests; only where a `beforeAll` has opened it all stays as it is.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { openWorkspaceDatabase } from '../../packages/workspace/src/database/open-workspace-database.ts';
import type { KeeperAnswer } from './keeper.ts';

const asked = await fetch(`http://127.0.0.1:${inject('postgresKeeperPort')}`);
const answer = (await asked.json()) as KeeperAnswer;

if ('reason' in answer) {
  beforeEach((context) => context.skip(`there is no Postgres here: ${answer.reason}`));
} else {
  useSchema(answer.url);
}

interface TableRows {
  readonly table: string;
  readonly rows: string;
}

function useSchema(url: string): void {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  const address = `${url}?schema=${schema}`;
  const client = new Client({ connectionString: url });
  let initial: readonly TableRows[] = [];
  let isHeld: boolean | undefined;
  process.env.RIDGELINE_DATABASE = address;

  beforeAll(async () => {
    await (await openWorkspaceDatabase(address)).close();
    await client.connect();
    await client.query(`set search_path = ${schema}`);
    initial = await rowsOf(client, schema);
  });
  beforeEach(async () => {
    process.env.RIDGELINE_DATABASE = address;
    // Whoever opens a workspace writes into it, so a `beforeAll` that did has left its rows.
    isHeld ??= JSON.stringify(await rowsOf(client, schema)) !== JSON.stringify(initial);
    if (isHeld) return;
    await empty(client, schema);
    for (const { table, rows } of initial) {
      const read = `select * from json_populate_recordset(null::"${table}", $1)`;
      await client.query(`insert into "${table}" ${read}`, [rows]);
    }
  });
  afterAll(async () => {
    // What a test has killed, or left open, may hold locks of it.
    const sql =
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1';
    await client.query(sql, [`ridgeline ${schema}%`]);
    // The tests' own ones too, whose names begin with this one's.
    const named = 'select nspname as name from pg_namespace where nspname like $1';
    for (const { name } of (await client.query(named, [`${schema}%`])).rows) {
      await client.query(`drop schema "${name}" cascade`);
    }
    await client.end();
  });
}

async function tablesOf(client: Client, schema: string): Promise<readonly string[]> {
  const sql = 'select tablename as name from pg_tables where schemaname = $1';
  const { rows } = await client.query<{ name: string }>(sql, [schema]);
  return rows.map(({ name }) => name).filter((name) => !name.includes('_migrations'));
}

async function rowsOf(client: Client, schema: string): Promise<readonly TableRows[]> {
  const found: TableRows[] = [];
  for (const table of await tablesOf(client, schema)) {
    const sql = `select json_agg(t)::text as rows from "${table}" as t`;
    const { rows } = await client.query<{ rows: string | null }>(sql);
    if (rows[0]?.rows) found.push({ table, rows: rows[0].rows });
  }
  return found;
}

// In one go, without the checks of foreign keys; deleting from empty tables takes next to nothing.
async function empty(client: Client, schema: string): Promise<void> {
  const deletes = (await tablesOf(client, schema)).map((table) => `delete from "${table}";`);
  const named = 'select sequencename as name from pg_sequences where schemaname = $1';
  const sequences = (await client.query(named, [schema])).rows;
  const restarts = sequences.map(({ name }) => `alter sequence "${name}" restart;`);
  const replica = (role: string) => `set session_replication_role = ${role};`;
  await client.query([replica('replica'), ...deletes, ...restarts, replica('origin')].join('\n'));
}
