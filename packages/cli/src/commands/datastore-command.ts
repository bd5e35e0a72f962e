// `ridgeline datastore`: named places of files.

import path from 'node:path';
import type { Datastore, NewDatastore } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import {
  describeNewDatastore,
  describePlace,
  readDatastoreFile,
} from '../create/create-datastore.ts';
import { printMade } from '../create/print-made.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly folder?: string;
  readonly description?: string;
}

export function datastoreCommand(): Command {
  const command = new Command('datastore').description('create and look at datastores');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('create a datastore, or find the same one')
    .option('-f, --file <file>', 'an Azure ML datastore YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .option('--folder <folder>', "a folder of the server's machine")
    .option('--description <text>', 'what it holds')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline datastore create --name share --folder /mnt/share\n' +
        '  ridgeline datastore create -f blob-datastore.yml',
    )
    .action(async (options: CreateOptions) => {
      const asked = await datastoreFrom(options);
      const made = await (await connect(options)).datastores.getOrCreate(asked);
      printMade(options.json, made, describeNewDatastore);
    });
}

async function datastoreFrom(options: CreateOptions): Promise<NewDatastore> {
  const { file, name, folder, description } = options;
  if (file !== undefined) return readDatastoreFile(file);
  if (name === undefined || folder === undefined) {
    const message = 'name the datastore with --name and --folder, or with a YAML by --file';
    throw new CliError('USAGE', message);
  }
  const place = path.resolve(folder);
  return { name, folder: place, ...(description !== undefined && { description }) };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the datastores')
    .action(async (options: CommonOptions) => {
      const datastores = await (await connect(options)).datastores.list();
      printEither(options.json, datastores, () => describeDatastores(datastores));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a datastore')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const datastore = await (await connect(options)).datastores.get(name);
      printEither(options.json, datastore, () => describeDatastore(datastore));
    });
}

function describeDatastores(datastores: readonly Datastore[]): string {
  const rows = datastores.map((datastore) => [
    datastore.name,
    datastore.kind,
    describePlace(datastore),
  ]);
  return formatTable(['DATASTORE', 'KIND', 'WHAT IT IS'], rows);
}

function describeDatastore(datastore: Datastore): string {
  return formatFields([
    ['datastore', datastore.name],
    ['kind', datastore.kind],
    ['what it is', describePlace(datastore)],
    ['address', `azureml://datastores/${datastore.name}/paths/`],
    ['description', datastore.description],
    ...Object.entries(datastore.tags).map(([key, value]) => [`tag ${key}`, value] as const),
    ['created', formatTime(datastore.createdAt)],
  ]);
}
