// `ridgeline service-connection`: how delivery pipelines sign in elsewhere.
import type { ConnectionType, ServiceConnection } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatFields } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import {
  type AssetNoun,
  deleteAsset,
  listAssets,
  type PutOptions,
  putCommand,
  showAsset,
  wordsFrom,
} from './asset-commands.ts';
import { collectPair } from './option-values.ts';
import { usersOf } from './permission-options.ts';

const types = ['ridgeline', 'azurerm', 'dockerregistry', 'kubernetes', 'generic'] as const;

interface ConnectionOptions extends PutOptions {
  readonly address?: string;
  readonly scheme?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly secretParameter?: string;
  readonly data: Readonly<Record<string, string>>;
  readonly skipCheck?: true;
}

const noun: AssetNoun<ServiceConnection> = {
  what: 'service connection',
  of: ({ serviceConnections }) => serviceConnections,
  heads: ['CONNECTION', 'TYPE', 'ADDRESS', 'PIPELINES', 'CHECK'],
  row: (connection) => [
    connection.name,
    connection.type,
    connection.url ?? '-',
    usersOf(connection),
    connection.check.status,
  ],
  describe,
};

export function serviceConnectionCommand(): Command {
  return new Command('service-connection')
    .description('how delivery pipelines sign in elsewhere')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(listAssets(noun))
    .addCommand(showAsset(noun))
    .addCommand(deleteAsset(noun));
}

function withSignIn(command: Command): Command {
  return command
    .option('--address <url>', 'where that is')
    .option('--scheme <scheme>', "how, such as Token; default the type's first")
    .option('--parameter <name=value>', 'what it signs in with', collectPair, {})
    .option('--secret-parameter <name>', 'one whose value standard input holds')
    .option('--data <name=value>', 'a fact that is no secret', collectPair, {})
    .option('--skip-check', 'save it without trying it');
}

function createCommand(): Command {
  return withSignIn(putCommand('create'))
    .description('create a service connection, and try it (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addOption(new Option('--type <type>', 'what to').choices(types).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline service-connection create aml-workspace-connection --type ridgeline \\\n' +
        '    --address http://127.0.0.1:5757 --secret-parameter apitoken --all-pipelines < token.txt',
    )
    .action(
      async (name: string, options: ConnectionOptions & { readonly type: ConnectionType }) => {
        const { serviceConnections } = await connect(options);
        const connection = await serviceConnections.create({
          ...wordsFrom(options),
          ...(await signInFrom(options)),
          name,
          type: options.type,
        });
        printEither(options.json, connection, () => describe(connection));
      },
    );
}

function updateCommand(): Command {
  return withSignIn(putCommand('update'))
    .description('change a service connection; what is left out stays (for owners)')
    .argument('<name>', 'its name')
    .action(async (name: string, options: ConnectionOptions) => {
      const { serviceConnections } = await connect(options);
      const { pipelines } = await serviceConnections.get(name);
      const connection = await serviceConnections.update(name, {
        ...wordsFrom(options, pipelines),
        ...(await signInFrom(options)),
      });
      printEither(options.json, connection, () => describe(connection));
    });
}

async function signInFrom(options: ConnectionOptions) {
  const { address, scheme, data, skipCheck } = options;
  const parameters = await parametersFrom(options);
  return {
    ...(address !== undefined && { url: address }),
    ...(scheme !== undefined && { scheme }),
    // What is sent is tried: what does not change is left out.
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(Object.keys(data).length > 0 && { data }),
    ...(skipCheck && { skipCheck }),
  };
}

async function parametersFrom({ parameter, secretParameter }: ConnectionOptions) {
  if (secretParameter === undefined) return parameter;
  return { ...parameter, [secretParameter]: await readSecret('-') };
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
