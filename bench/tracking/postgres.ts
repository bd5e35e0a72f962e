// A Postgres server for both systems, one after the other, that keeps its promises as one in use does:
// the tests' own with a disk that counts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type Cluster, startCluster } from '../../test/postgres/cluster.ts';

export interface BenchPostgres extends Cluster {
  /** What it does by itself some time after many rows have come. */
  analyze(): Promise<void>;
}

const settings = { fsync: 'on', full_page_writes: 'on', shared_buffers: '512MB' };

export async function startPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-bench-postgres-'));
  const { url, stop } = await startCluster(folder, settings);
  return {
    url,
    analyze: () => analyze(url),
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function analyze(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
