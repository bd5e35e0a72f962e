// The command `ridgeline` with all its commands.
import { Command } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { batchScoreCommand } from './commands/batch-score-command.ts';
import { dataCommand } from './commands/data-command.ts';
import { endpointCommand } from './commands/endpoint-command.ts';
import { initCommand } from './commands/init-command.ts';
import { jobCommand } from './commands/job-command.ts';
import { modelCommand } from './commands/model-command.ts';
import { upCommand } from './commands/up-command.ts';

export function createProgram(): Command {
  const program = new Command('ridgeline')
    .description('the machine-learning lifecycle on one machine')
    .version(packageFile.version)
    .showHelpAfterError('(--help shows what there is)');
  const commands = [
    upCommand(),
    initCommand(),
    jobCommand(),
    dataCommand(),
    modelCommand(),
    endpointCommand(),
    batchScoreCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of allOf(program)) command.exitOverride();
  return program;
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}
