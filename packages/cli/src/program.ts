// The command `ridgeline` with its commands.
import { Command } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { commandLoaders } from './command-loaders.ts';

/** With the command that the first word names; with all of them where it names none. */
export async function createProgram(words: readonly string[]): Promise<Command> {
  const program = new Command('ridgeline')
    .description('the machine-learning lifecycle on one machine')
    .version(packageFile.version)
    // What follows a command is that command's: `pipeline publish --version 1`.
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what there is)');
  for (const load of loadersFor(words)) program.addCommand(await load());
  for (const command of allOf(program)) command.exitOverride();
  return program;
}

function loadersFor([name = '']: readonly string[]) {
  const named = Object.hasOwn(commandLoaders, name) ? commandLoaders[name] : undefined;
  return named === undefined ? Object.values(commandLoaders) : [named];
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}
