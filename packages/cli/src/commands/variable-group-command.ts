// `ridgeline variable-group`: values and secrets that delivery pipelines use by the group's name.
import type {
  GroupVariableSpec,
  RidgelineClient,
  VariableGroup,
  VaultSecret,
} from '@ridgeline/client';
import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { formatFields } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import { type AssetNoun, assetCommand } from './asset-commands.ts';
import { collectName, collectPair } from './option-values.ts';
import { usersOf } from './permission-options.ts';
import {
  createAsset,
  descriptionField,
  type PutOptions,
  putCommand,
  updateAsset,
} from './put-asset.ts';

interface GroupOptions extends PutOptions {
  readonly variable: Readonly<Record<string, string>>;
  readonly secretVariable?: string;
  readonly workspaceSecret: Readonly<Record<string, string>>;
  readonly vaultSecret: Readonly<Record<string, string>>;
  readonly deleteVariable?: readonly string[];
}

const noun: AssetNoun<VariableGroup, RidgelineClient['variableGroups']> = {
  what: 'variable group',
  about: 'values and secrets that delivery pipelines use by name',
  of: ({ variableGroups }) => variableGroups,
  heads: ['GROUP', 'VARIABLES', 'PIPELINES', 'DESCRIPTION'],
  row: (group) => [
    group.name,
    String(Object.keys(group.variables).length),
    usersOf(group),
    group.description,
  ],
  describe,
};

export function variableGroupCommand(): Command {
  return assetCommand(noun, [createCommand(), updateCommand()]);
}

function withVariables(command: Command): Command {
  return command
    .option('--variable <name=value>', 'a variable', collectPair, {})
    .option('--secret-variable <name>', 'a secret one, whose value standard input holds')
    .option(
      '--workspace-secret <name=secret>',
      "a secret one, read from the workspace's secret of that name at each build",
      collectPair,
      {},
    )
    .option(
      '--vault-secret <name=connection/vault/secret>',
      'a secret one, read from a key vault at each build',
      collectPair,
      {},
    );
}

function createCommand(): Command {
  const command = withVariables(putCommand('create'))
    .description('create a variable group (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group create devopsforai-aml-vg --variable BASE_NAME=diabetes \\\n' +
        '    --variable LOCATION=centralus --all-pipelines',
    );
  return createAsset(command, noun, async (options: GroupOptions) => ({
    variables: await variablesFrom(options),
  }));
}

function updateCommand(): Command {
  const command = withVariables(putCommand('update'))
    .description('change a variable group; what is left out stays (for owners)')
    .argument('<name>', 'its name')
    .option('--delete-variable <name>', 'take a variable away', collectName, [])
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group update devopsforai-aml-vg --secret-variable KEY < key.txt',
    );
  return updateAsset(command, noun, async (options: GroupOptions) => {
    const gone = (options.deleteVariable ?? []).map((each) => [each, null] as const);
    return { variables: { ...(await variablesFrom(options)), ...Object.fromEntries(gone) } };
  });
}

async function variablesFrom({
  variable,
  secretVariable,
  workspaceSecret,
  vaultSecret,
}: GroupOptions): Promise<Readonly<Record<string, GroupVariableSpec>>> {
  const plain = Object.entries(variable).map(([name, value]) => [name, { value }] as const);
  const own = Object.entries(workspaceSecret).map(
    ([name, secret]) => [name, { workspaceSecret: secret }] as const,
  );
  const vaults = Object.entries(vaultSecret).map(
    ([name, place]) => [name, { vaultSecret: vaultSecretFrom(place) }] as const,
  );
  const piped =
    secretVariable === undefined
      ? []
      : [[secretVariable, { value: await readSecret('-'), isSecret: true }] as const];
  return Object.fromEntries<GroupVariableSpec>([...plain, ...own, ...vaults, ...piped]);
}

/** @throws CliError USAGE */
function vaultSecretFrom(place: string): VaultSecret {
  const [connection, vault, secret, ...more] = place.split('/');
  if (connection && vault && secret && more.length === 0) return { connection, vault, secret };
  const message = `--vault-secret '${place}' is not understood; write NAME=CONNECTION/VAULT/SECRET`;
  throw new CliError('USAGE', message);
}

function describe(group: VariableGroup): string {
  const variables = Object.entries(group.variables).map(
    ([name, { value }]) => [`variable ${name}`, value ?? '***'] as const,
  );
  return formatFields([
    ['variable group', group.name],
    ...descriptionField(group),
    ['pipelines', usersOf(group)],
    ...variables,
  ]);
}
