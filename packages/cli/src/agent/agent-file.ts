// What an agent keeps in its folder of who it is: its server, and the credential that it was given
// when it was registered. Only its user may read it.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../errors.ts';

export interface AgentIdentity {
  readonly server: string;
  readonly name: string;
  readonly pool: string;
  readonly credential: string;
}

/** Null where the folder is no agent's. @throws CliError AGENT_FILE_INVALID */
export async function readAgentFile(folder: string): Promise<AgentIdentity | null> {
  const file = fileOf(folder);
  try {
    const { server, name, pool, credential } = JSON.parse(await readFile(file, 'utf8'));
    const all: readonly unknown[] = [server, name, pool, credential];
    if (all.every((value) => typeof value === 'string')) return { server, name, pool, credential };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  }
  // Neither its content nor the parser's message, which quotes it: it holds the credential.
  const message = `${file} cannot be read; delete it, and register the agent anew with --replace`;
  throw new CliError('AGENT_FILE_INVALID', message);
}

/** Whole or not at all, and never readable by others. */
export async function writeAgentFile(folder: string, identity: AgentIdentity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${fileOf(folder)}.${process.pid}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(identity, null, 2), { mode: 0o600, flag: 'wx' });
  await chmod(draft, 0o600);
  await rename(draft, fileOf(folder));
}

function fileOf(folder: string): string {
  return path.join(folder, 'agent.json');
}
