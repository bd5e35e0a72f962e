// `ridgeline agent start`: this machine runs jobs of builds, until it is told to end.
import os from 'node:os';
import { AgentConnection } from '@ridgeline/client';
import { Command } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { writeAgentFile } from '../agent/agent-file.ts';
import { AgentFolder } from '../agent/agent-folder.ts';
import { agentListener } from '../agent/agent-listener.ts';
import { findCapabilities } from '../agent/capabilities.ts';
import { registerAgent } from '../agent/register-agent.ts';
import { RunningAgent } from '../agent/run-agent.ts';
import { onCtrlC } from '../ci/on-ctrl-c.ts';
import { type CommonOptions, withWorkspace } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { collectPair, parseInteger } from './option-values.ts';

interface StartOptions extends CommonOptions {
  readonly server?: string;
  readonly name?: string;
  readonly pool?: string;
  readonly slots: number;
  readonly folder: string;
  readonly capability: Readonly<Record<string, string>>;
  readonly replace?: true;
}

export function agentStartCommand(): Command {
  return withWorkspace(new Command('start'))
    .description('run jobs of builds on this machine, until Ctrl-C')
    .option('--server <url>', 'where the server is; default as for the other commands')
    .option('--name <name>', 'what it is called; default the name of the machine')
    .option('--pool <pool>', 'whose jobs it runs; needed the first time')
    .option('--slots <count>', 'how many jobs it runs at once', parseInteger, 1)
    .option('--folder <folder>', 'where it keeps its credential and its jobs', 'ridgeline-agent')
    .option('--capability <name=value>', 'what jobs can demand of it', collectPair, {})
    .option('--replace', 'register anew, in the place of the agent of that name')
    .option('--json', 'print lines of JSON for programs')
    .addHelpText(
      'after',
      '\nThe first time it registers itself with the token of an owner ($RIDGELINE_TOKEN, or a sign-in),\n' +
        'or takes what `agent create` gave from $RIDGELINE_AGENT_CREDENTIAL. Later it needs neither.\n' +
        '\nExample:\n  ridgeline agent start --server https://ml.example --pool gpu --name build-2 --slots 2',
    )
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const { server, folder, pool, slots, capability, replace = false, json = false } = options;
  const url = server === undefined ? {} : { url: server };
  const credential = process.env.RIDGELINE_AGENT_CREDENTIAL;
  const identity = await registerAgent({
    folder,
    replace,
    ...(server !== undefined && { server }),
    ...(pool !== undefined && { pool }),
    ...nameOf(options, credential),
    ...(credential && { credential }),
    connect: () => connect({ ...options, ...url }),
  });
  const { version } = packageFile;
  const capabilities = await findCapabilities(version, capability);
  const connection = new AgentConnection(identity.server, identity.credential);
  let agent: RunningAgent | undefined;
  const work = async (stop: AbortSignal) => {
    agent = new RunningAgent({
      server: connection,
      folder: new AgentFolder(folder),
      facts: { version, slots, capabilities },
      listener: agentListener(json, identity.server),
      onOpened: ({ name, pool: own }) => writeAgentFile(folder, { ...identity, name, pool: own }),
      stop,
    });
    await agent.run();
  };
  await onCtrlC(work, async () => agent?.kill());
}

/** One that was created has its name from there. */
function nameOf({ name, pool }: StartOptions, credential: string | undefined) {
  if (name !== undefined) return { name };
  return credential === undefined && pool !== undefined ? { name: os.hostname() } : {};
}
