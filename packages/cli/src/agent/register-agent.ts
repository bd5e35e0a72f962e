// Who this agent is: what its folder says, else what it was given, else what its owner's token makes
// it, which the folder then keeps.
import { AgentConnection, type RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { type AgentIdentity, readAgentFile, writeAgentFile } from './agent-file.ts';

export interface AgentWishes {
  readonly folder: string;
  readonly server?: string;
  readonly name?: string;
  readonly pool?: string;
  readonly replace: boolean;
  /** Of an agent that was created before. */
  readonly credential?: string;
  /** With the owner's token. */
  readonly connect: () => Promise<RidgelineClient>;
}

/** @throws CliError AGENT_FOLDER_TAKEN, AGENT_FILE_INVALID, USAGE */
export async function registerAgent(wishes: AgentWishes): Promise<AgentIdentity> {
  const known = wishes.replace ? null : await readAgentFile(wishes.folder);
  if (known !== null) return agreeing(known, wishes);
  // Kept as soon as the server takes it.
  if (wishes.credential !== undefined) return created(wishes.credential, wishes);
  const identity = await register(wishes);
  await writeAgentFile(wishes.folder, identity);
  return identity;
}

async function register(wishes: AgentWishes): Promise<AgentIdentity> {
  const { name, pool, replace, connect } = wishes;
  if (name === undefined || pool === undefined) throw unnamed();
  const client = await connect();
  const { credential } = await client.agents.create({ name, pool, replace });
  return { server: client.url, name, pool, credential };
}

/** Its names come with the first answer of the server. */
function created(credential: string, { server, name = '', pool = '' }: AgentWishes): AgentIdentity {
  if (server === undefined)
    throw new CliError('USAGE', 'say by --server where the agent was created');
  // Said in the words of the server's address, and refused where it is none.
  return { server: new AgentConnection(server, credential).url, name, pool, credential };
}

function agreeing(
  known: AgentIdentity,
  { folder, server, name, pool }: AgentWishes,
): AgentIdentity {
  const isOther = (given: string | undefined, own: string) =>
    given !== undefined && own !== '' && given.toLowerCase() !== own.toLowerCase();
  const address = server?.replace(/\/+$/, '');
  if (isOther(name, known.name) || isOther(pool, known.pool)) throw taken(folder, known);
  // The same server can be reached in another way from now on.
  return address === undefined ? known : { ...known, server: address };
}

function taken(folder: string, { name, pool }: AgentIdentity): CliError {
  const message = `${folder} is the folder of the agent '${name}' of pool '${pool}'; start that one, give another --folder, or register anew with --replace`;
  return new CliError('AGENT_FOLDER_TAKEN', message);
}

function unnamed(): CliError {
  return new CliError(
    'USAGE',
    'an agent that is not registered yet needs --pool (and --name, by default the name of the machine)',
  );
}
