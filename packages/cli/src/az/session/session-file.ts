// Who has signed in with `az login`, in a file that only they may read: in the folder that an AzureCLI
// step has of its own, in a job's folder for temporary files, or beside the sign-ins of `ridgeline`.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { configFolder } from '../../sign-in/credentials-file.ts';
import { AzError } from '../az-error.ts';

export interface AzSignIn {
  /** Of the server. */
  readonly url: string;
  readonly tenant: string;
  readonly clientId: string;
  /** Null: signed in with a federated token, which is good once. */
  readonly secret: string | null;
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface AzSession {
  /** By `az account set`. */
  readonly subscription: string | null;
  readonly signIn: AzSignIn | null;
}

const none: AzSession = { subscription: null, signIn: null };

/** @throws AzError AZ_FILE_INVALID */
export async function readSession(env: NodeJS.ProcessEnv): Promise<AzSession> {
  const file = sessionFile(env);
  try {
    const { subscription = null, signIn = null } = JSON.parse(await readFile(file, 'utf8'));
    return { subscription, signIn };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
  }
  // Neither its content nor the parser's message, which quotes it: both may hold a token.
  throw new AzError('AZ_FILE_INVALID', `${file} cannot be read; delete it and sign in again`);
}

// Whole or not at all, and never readable by others, not even for a moment.
export async function keepSession(env: NodeJS.ProcessEnv, session: AzSession): Promise<void> {
  const file = sessionFile(env);
  const draft = `${file}.${process.pid}.new`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(session, null, 2), { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

export async function forgetSession(env: NodeJS.ProcessEnv): Promise<void> {
  await rm(sessionFile(env), { force: true });
}

function sessionFile(env: NodeJS.ProcessEnv): string {
  const folder = env.AZURE_CONFIG_DIR || env.AGENT_TEMPDIRECTORY || configFolder(env);
  return path.join(folder, 'ridgeline-az.json');
}
