// `ridgeline agent`: machines elsewhere that run jobs of builds.
import type { Agent } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { describeAgent, describeAgents } from '../output/describe-agent.ts';
import { printEither } from '../output/print.ts';
import { agentStartCommand } from './agent-start-command.ts';

export function agentCommand(): Command {
  return new Command('agent')
    .description('run jobs of builds on other machines')
    .addCommand(agentStartCommand())
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(switchCommand('enable', true, 'let an agent take jobs again (for owners)'))
    .addCommand(switchCommand('disable', false, 'let an agent take no new jobs (for owners)'))
    .addCommand(deleteCommand());
}

interface CreateOptions extends CommonOptions {
  readonly pool: string;
  readonly replace?: true;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register an agent, and print its credential this once (for owners)')
    .argument('<name>', 'what it is called')
    .requiredOption('--pool <pool>', 'as pipelines name it: pool: NAME')
    .option('--replace', 'in the place of the agent of that name')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline agent create build-2 --pool gpu\n' +
        'and then on the other machine, with the credential in RIDGELINE_AGENT_CREDENTIAL:\n' +
        '  ridgeline agent start --server https://ml.example',
    )
    .action(async (name: string, options: CreateOptions) => {
      const { agents } = await connect(options);
      const { pool, replace = false } = options;
      const made = await agents.create({ name, pool, replace });
      const words = `${describeAgent(made)}\n\ncredential, shown this once:\n${made.credential}`;
      printEither(options.json, made, () => words);
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the agents')
    .action(async (options: CommonOptions) => {
      const agents = await (await connect(options)).agents.list();
      printEither(options.json, agents, () => describeAgents(agents));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show an agent, its capabilities and what it runs')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const agent = await (await connect(options)).agents.get(name);
      printEither(options.json, agent, () => describeAgent(agent));
    });
}

function switchCommand(verb: string, enabled: boolean, description: string): Command {
  return withConnection(new Command(verb))
    .description(description)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const agent: Agent = await (await connect(options)).agents.update(name, { enabled });
      printEither(options.json, agent, () => describeAgent(agent));
    });
}

interface DeleteOptions extends CommonOptions {
  readonly forgetPool?: true;
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete an agent; what it runs has failed (for owners)')
    .argument('<name>', 'its name')
    .option('--forget-pool', "of a pool's last agent: its jobs run on the server's machine again")
    .action(async (name: string, options: DeleteOptions) => {
      await (await connect(options)).agents.delete(name, options.forgetPool);
      const said = `agent '${name}' is deleted`;
      printEither(options.json, { name, deleted: true }, () => said);
    });
}
