// The sign-ins of this person on this machine: one a server, in a file that only they may read.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { CliError } from '../errors.ts';

export type SignIn =
  | {
      readonly kind: 'person';
      readonly accessToken: string;
      readonly refreshToken: string;
      /** Milliseconds since the epoch. */
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'servicePrincipal';
      readonly tenant: string;
      readonly clientId: string;
      readonly secret: string;
      readonly accessToken: string;
      readonly expiresAt: number;
    }
  | { readonly kind: 'token'; readonly token: string };

export interface Credentials {
  /** The server that was signed in to last. */
  readonly current: string | null;
  /** By the server's address. */
  readonly servers: Readonly<Record<string, SignIn>>;
}

const none: Credentials = { current: null, servers: {} };

/** `RIDGELINE_CONFIG_DIR`, or where programs of the system keep such things. */
export function configFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.RIDGELINE_CONFIG_DIR) return path.resolve(env.RIDGELINE_CONFIG_DIR);
  const base =
    process.platform === 'win32'
      ? (env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'))
      : (env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config'));
  return path.join(base, 'ridgeline');
}

/** @throws CliError CREDENTIALS_INVALID */
export async function readCredentials(): Promise<Credentials> {
  const file = credentialsFile();
  try {
    const { current = null, servers } = JSON.parse(await readFile(file, 'utf8'));
    if (typeof servers === 'object' && servers !== null) return { current, servers };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
  }
  // Neither its content nor the parser's message, which quotes it: both may hold a token.
  const message = `${file} cannot be read; delete it, and sign in again with 'ridgeline login'`;
  throw new CliError('CREDENTIALS_INVALID', message);
}

export async function keepSignIn(url: string, signIn: SignIn): Promise<void> {
  const { servers } = await readCredentials();
  await write({ current: url, servers: { ...servers, [url]: signIn } });
}

/** Replaces what is kept of a server, without making it the current one. */
export async function replaceSignIn(url: string, signIn: SignIn): Promise<void> {
  const { current, servers } = await readCredentials();
  await write({ current, servers: { ...servers, [url]: signIn } });
}

export async function forgetSignIn(url: string): Promise<void> {
  const { current, servers } = await readCredentials();
  const others = Object.entries(servers).filter(([server]) => server !== url);
  await write({ current: current === url ? null : current, servers: Object.fromEntries(others) });
}

/** Runs `work` while no other process of this person does: a refresh token is good once. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = `${credentialsFile()}.lock`;
  await makeFolder();
  const giveUpAt = Date.now() + lockWaitMs;
  while (!(await taken(lock))) {
    // Whoever holds it for that long was killed.
    if (Date.now() > giveUpAt) await rm(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

const lockWaitMs = 15_000;

async function taken(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function credentialsFile(): string {
  return path.join(configFolder(), 'credentials.json');
}

async function makeFolder(): Promise<void> {
  await mkdir(configFolder(), { recursive: true, mode: 0o700 });
}

// Whole or not at all, and never readable by others, not even for a moment.
async function write(credentials: Credentials): Promise<void> {
  await makeFolder();
  const file = credentialsFile();
  const draft = `${file}.${process.pid}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(credentials, null, 2), { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
