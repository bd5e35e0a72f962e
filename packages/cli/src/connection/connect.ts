// Finds the server that a command is for: the one that is named, the one that runs on this machine
// for the workspace's folder, or the one that was signed in to last. And the token for it.
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { readServerFile } from '@ridgeline/server/server-file';
import { CliError } from '../errors.ts';
import { readCredentials } from '../sign-in/credentials-file.ts';
import { currentToken, serverAddress } from '../sign-in/current-token.ts';
import type { CommonOptions } from './common-options.ts';

// Somebody waits at the terminal: give up soon where nothing answers.
const retryForMs = 3_000;

export interface Connection {
  readonly url: string;
  /** Or what gives the one that is valid at the time. */
  readonly token: string | (() => Promise<string>);
}

/** @throws CliError NOT_CONNECTED, NOT_SIGNED_IN, SIGN_IN_EXPIRED */
export async function connect(options: CommonOptions): Promise<RidgelineClient> {
  return new RidgelineClient({ ...(await findConnection(options)), retryForMs });
}

/**
 * As `connect`, for who follows something for long: once the server has answered, its restart is waited
 * for as long as the client does by itself.
 * @throws CliError NOT_CONNECTED, NOT_SIGNED_IN, SIGN_IN_EXPIRED
 */
export async function connectToFollow(options: CommonOptions): Promise<RidgelineClient> {
  const connection = await findConnection(options);
  await new RidgelineClient({ ...connection, retryForMs }).tokens.me();
  return new RidgelineClient(connection);
}

/** @throws CliError NOT_CONNECTED, NOT_SIGNED_IN, SIGN_IN_EXPIRED */
export async function findConnection(options: CommonOptions): Promise<Connection> {
  const named = namedUrl(options);
  if (named !== undefined) return connectionTo(named, process.env.RIDGELINE_TOKEN);
  const local = await localServer(options.workspace);
  if (local !== null) return connectionTo(local.url, local.token);
  return connectionTo(await signedInUrl(options.workspace), undefined);
}

/** The address alone. @throws CliError NOT_CONNECTED */
export async function serverUrl(options: CommonOptions): Promise<string> {
  const named = namedUrl(options) ?? (await localServer(options.workspace))?.url;
  return named ?? signedInUrl(options.workspace);
}

function namedUrl(options: CommonOptions): string | undefined {
  return options.url ?? process.env.RIDGELINE_URL;
}

async function connectionTo(url: string, token: string | undefined): Promise<Connection> {
  if (token !== undefined) return { url, token };
  const address = serverAddress(url);
  // Asked for once here, so that who is not signed in hears so before anything is sent.
  await currentToken(address);
  return { url, token: () => currentToken(address) };
}

async function localServer(workspace: string) {
  const server = await readServerFile(workspace);
  return server === null || !isAlive(server.pid) ? null : server;
}

async function signedInUrl(workspace: string): Promise<string> {
  const { current } = await readCredentials();
  if (current !== null) return current;
  const folder = path.resolve(workspace);
  throw new CliError(
    'NOT_CONNECTED',
    `no server runs for the workspace ${folder}; start one with 'ridgeline up', name its folder with --workspace, sign in to one elsewhere with 'ridgeline login --url', or set RIDGELINE_URL and RIDGELINE_TOKEN`,
  );
}

// A server that was killed leaves its file behind.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
