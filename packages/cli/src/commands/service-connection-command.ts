// `ridgeline service-connection`: how delivery pipelines sign in elsewhere.
import type { ConnectionType, RidgelineClient, ServiceConnection } from '@ridgeline/client';
import { type Command, Option } from 'commander';
import { formatFields } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import { type AssetNoun, assetCommand } from './asset-commands.ts';
import { collectPair } from './option-values.ts';
import { usersOf } from './permission-options.ts';
import { createAsset, type PutOptions, putCommand, updateAsset } from './put-asset.ts';

const types = ['ridgeline', 'azurerm', 'dockerregistry', 'kubernetes', 'generic'] as const;

interface ConnectionOptions extends PutOptions {
  readonly address?: string;
  readonly scheme?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly secretParameter?: string;
  readonly data: Readonly<Record<string, string>>;
  readonly skipCheck?: true;
}

const noun: AssetNoun<ServiceConnection, RidgelineClient['serviceConnections']> = {
  what: 'service connection',
  about: 'how delivery pipelines sign in elsewhere',
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
  return assetCommand(noun, [createCommand(), updateCommand()]);
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
  const command = withSignIn(putCommand('create'))
    .description('create a service connection, and try it (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addOption(new Option('--type <type>', 'what to').choices(types).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline service-connection create aml-workspace-connection --type ridgeline \\\n' +
        '    --address http://127.0.0.1:5757 --secret-parameter apitoken --all-pipelines < token.txt',
    );
  return createAsset(
    command,
    noun,
    async (options: ConnectionOptions & { readonly type: ConnectionType }) => ({
      ...(await signInFrom(options)),
      type: options.type,
    }),
  );
}

function updateCommand(): Command {
  const command = withSignIn(putCommand('update'))
    .description('change a service connection; what is left out stays (for owners)')
    .argument('<name>', 'its name');
  return updateAsset(command, noun, signInFrom);
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
