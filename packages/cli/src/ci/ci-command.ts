// `ridgeline ci`: Azure Pipelines files are checked, shown and run on this machine, with no server.
import { Command } from 'commander';
import { expandCommand } from './expand-command.ts';
import { explainVariableCommand } from './explain-variable-command.ts';
import { planCommand } from './plan-command.ts';
import { rerunCommand } from './rerun-command.ts';
import { runCommand } from './run-command.ts';
import { showCommand } from './show-command.ts';
import { validateCommand } from './validate-command.ts';

const examples = `
Examples:
  ridgeline ci validate azure-pipelines.yml
  ridgeline ci expand azure-pipelines.yml --parameter environments='[dev, prod]' --source-map
  ridgeline ci plan azure-pipelines.yml --branch refs/heads/release/1
  ridgeline ci run azure-pipelines.yml --stage Build --secrets .env
  ridgeline ci rerun --failed
  ridgeline ci explain-variable buildConfiguration azure-pipelines.yml

docs/ci.md says what runs here and what does not.`;

export function ciCommand(): Command {
  const command = new Command('ci')
    .description('check, expand, plan and run Azure Pipelines files on this machine')
    .addHelpText('after', examples);
  const commands = [
    validateCommand(),
    expandCommand(),
    planCommand(),
    runCommand(),
    rerunCommand(),
    showCommand(),
    explainVariableCommand(),
  ];
  for (const each of commands) command.addCommand(each);
  return command;
}
