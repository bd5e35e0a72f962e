// `ridgeline secret`: values that the workspace uses for its users. They come over standard input, as
// the words of a command stand in the history of the shell.
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';

export function secretCommand(): Command {
  const command = new Command('secret').description('set what the workspace keeps secret');
  command.addCommand(setCommand());
  command.addCommand(deleteCommand());
  return command;
}

function setCommand(): Command {
  return withConnection(new Command('set'))
    .description('set a secret to what standard input holds; its last line break is left out')
    .argument('<name>', 'its name')
    .addHelpText('after', '\nExample:\n  ridgeline secret set databricks-token < token.txt')
    .action(async (name: string, options: CommonOptions) => {
      const value = (await text(process.stdin)).replace(/\r?\n$/, '');
      if (value === '') throw new CliError('USAGE', 'standard input is empty; pipe the value in');
      await (await connect(options)).secrets.set(name, value);
      printEither(options.json, { name }, () => `secret ${name} is set`);
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a secret')
    .argument('<name>', 'its name')
    .addHelpText('after', '\nExample:\n  ridgeline secret delete databricks-token')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).secrets.delete(name);
      printEither(options.json, { name }, () => `secret ${name} is deleted`);
    });
}
