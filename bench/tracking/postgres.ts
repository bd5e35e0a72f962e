// A Postgres server for both systems, one after the other, that keeps its promises as one in use does:
// the tests' own with a disk that counts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startCluster } from '../../test/postgres/cluster.ts';

export interface BenchPostgres {
  /** Makes a database; gives its address. */
  create(name: string): Promise<string>;
  /** What it does by itself some time after many rows have come. */
  analyze(name: string): Promise<void>;
  stop(): Promise<void>;
}

const settings = { fsync: 'on', full_page_writes: 'on', shared_buffers: '512MB' };

export async function startPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-bench-postgres-'));
  const cluster = await startCluster(folder, settings);
  process.once('exit', cluster.kill);
  const addressOf = (name: string) => new URL(name, cluster.url).href;
  return {
    async create(name) {
      await query(cluster.url, `create database ${name}`);
      return addressOf(name);
    },
    analyze: (name) => query(addressOf(name), 'vacuum analyze'),
    async stop() {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
