// A process that keeps the Postgres server of one test run: starts it when the first test asks, and
// ends it with the run, however that ends. The run is what holds the other end of its stdin.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Cluster, startCluster } from './cluster.ts';

/** What the keeper answers whoever asks for the database. */
export type KeeperAnswer = { readonly url: string } | { readonly reason: string };

const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-postgres-'));
let starting: Promise<Cluster> | undefined;

const server = createServer(async (_request, response) => {
  starting ??= startCluster(folder);
  const answer: KeeperAnswer = await starting.then(
    ({ url }) => ({ url }),
    (error) => ({ reason: String(error) }),
  );
  response.end(JSON.stringify(answer));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${JSON.stringify(server.address())}\n`);

// Ctrl-C reaches all processes of a terminal; this one ends with the run and not before it.
process.on('SIGINT', () => {});
process.stdin.resume();
await once(process.stdin, 'end');
server.close();
server.closeAllConnections();
await starting?.then((cluster) => cluster.stop()).catch(() => {});
await rm(folder, { recursive: true, force: true });
process.exit();
