// `ridgeline service-connection`: how delivery pipelines sign in elsewhere.
import type { ConnectionType, ServiceConnection } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import { collectPair } from './option-values.ts';
import {
  type PermissionOptions,
  permissionsFrom,
  usersOf,
  withPermissions,
} from './permission-options.ts';

const types = ['ridgeline', 'azurerm', 'dockerregistry', 'kubernetes', 'generic'] as const;

interface PutOptions extends CommonOptions, PermissionOptions {
  readonly description?: string;
  readonly address?: string;
  readonly scheme?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly secretParameter?: string;
  readonly data: Readonly<Record<string, string>>;
  readonly skipCheck?: true;
}

export function serviceConnectionCommand(): Command {
  return new Command('service-connection')
    .description('how delivery pipelines sign in elsewhere')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(deleteCommand());
}

function withSignIn(command: Command): Command {
  return command
    .option('--description <text>', 'what it is for')
    .option('--address <url>', 'where that is')
    .option('--scheme <scheme>', "how, such as Token; default the type's first")
    .option('--parameter <name=value>', 'what it signs in with', collectPair, {})
    .option('--secret-parameter <name>', 'one whose value standard input holds')
    .option('--data <name=value>', 'a fact that is no secret', collectPair, {})
    .option('--skip-check', 'save it without trying it');
}

function createCommand(): Command {
  return withPermissions(withSignIn(withConnection(new Command('create'))), 'create')
    .description('create a service connection, and try it (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addOption(new Option('--type <type>', 'what to').choices(types).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline service-connection create aml-workspace-connection --type ridgeline \\\n' +
        '    --address http://127.0.0.1:5757 --secret-parameter apitoken --all-pipelines < token.txt',
    )
    .action(async (name: string, options: PutOptions & { readonly type: ConnectionType }) => {
      const { serviceConnections } = await connect(options);
      const connection = await serviceConnections.create({
        name,
        type: options.type,
        ...(await signInFrom(options)),
        ...permissionsFrom(options, []),
      });
      printEither(options.json, connection, () => describe(connection));
    });
}

function updateCommand(): Command {
  return withPermissions(withSignIn(withConnection(new Command('update'))), 'update')
    .description('change a service connection; what is left out stays (for owners)')
    .argument('<name>', 'its name')
    .option('--name <name>', 'its new name')
    .action(async (name: string, options: PutOptions & { readonly name?: string }) => {
      const { serviceConnections } = await connect(options);
      const { pipelines } = await serviceConnections.get(name);
      const connection = await serviceConnections.update(name, {
        ...(options.name !== undefined && { name: options.name }),
        ...(await signInFrom(options)),
        ...permissionsFrom(options, pipelines),
      });
      printEither(options.json, connection, () => describe(connection));
    });
}

async function signInFrom(options: PutOptions) {
  const { description, address, scheme, data, skipCheck } = options;
  const parameters = await parametersFrom(options);
  return {
    ...(description !== undefined && { description }),
    ...(address !== undefined && { url: address }),
    ...(scheme !== undefined && { scheme }),
    // What is sent is tried: what does not change is left out.
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(Object.keys(data).length > 0 && { data }),
    ...(skipCheck && { skipCheck }),
  };
}

async function parametersFrom({ parameter, secretParameter }: PutOptions) {
  if (secretParameter === undefined) return parameter;
  return { ...parameter, [secretParameter]: await readSecret('-') };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the service connections')
    .action(async (options: CommonOptions) => {
      const connections = await (await connect(options)).serviceConnections.list();
      const rows = connections.map((connection) => [
        connection.name,
        connection.type,
        connection.url ?? '-',
        usersOf(connection),
        connection.check.status,
      ]);
      printEither(options.json, connections, () =>
        formatTable(['CONNECTION', 'TYPE', 'ADDRESS', 'PIPELINES', 'CHECK'], rows),
      );
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a service connection, without its secrets')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const connection = await (await connect(options)).serviceConnections.get(name);
      printEither(options.json, connection, () => describe(connection));
    });
}

function describe(connection: ServiceConnection): string {
  const { name, type, url, scheme, parameters, data, check } = connection;
  return formatFields([
    ['service connection', name],
    ['type', `${type}, ${scheme}`],
    ['address', url ?? '-'],
    ...Object.entries(parameters).map(([key, value]) => [key, value ?? '***'] as const),
    ...Object.entries(data),
    ['pipelines', usersOf(connection)],
    ['check', check.message === '' ? check.status : `${check.status}: ${check.message}`],
  ]);
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a service connection with its secrets (for owners)')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).serviceConnections.delete(name);
      const said = `service connection '${name}' is deleted`;
      printEither(options.json, { name, deleted: true }, () => said);
    });
}
