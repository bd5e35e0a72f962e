// `ridgeline variable-group`: values and secrets that delivery pipelines use by the group's name.
import type { GroupVariableSpec, VariableGroup, VaultSecret } from '@ridgeline/client';
import { Command } from 'commander';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
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
import { collectName, collectPair } from './option-values.ts';
import { usersOf } from './permission-options.ts';

interface GroupOptions extends PutOptions {
  readonly variable: Readonly<Record<string, string>>;
  readonly secretVariable?: string;
  readonly workspaceSecret: Readonly<Record<string, string>>;
  readonly vaultSecret: Readonly<Record<string, string>>;
  readonly deleteVariable?: readonly string[];
}

const noun: AssetNoun<VariableGroup> = {
  what: 'variable group',
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
  return new Command('variable-group')
    .description('values and secrets that delivery pipelines use by name')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(listAssets(noun))
    .addCommand(showAsset(noun))
    .addCommand(deleteAsset(noun));
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
  return withVariables(putCommand('create'))
    .description('create a variable group (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group create devopsforai-aml-vg --variable BASE_NAME=diabetes \\\n' +
        '    --variable LOCATION=centralus --all-pipelines',
    )
    .action(async (name: string, options: GroupOptions) => {
      const { variableGroups } = await connect(options);
      const group = await variableGroups.create({
        ...wordsFrom(options),
        name,
        variables: await variablesFrom(options),
      });
      printEither(options.json, group, () => describe(group));
    });
}

function updateCommand(): Command {
  return withVariables(putCommand('update'))
    .description('change a variable group; what is left out stays (for owners)')
    .argument('<name>', 'its name')
    .option('--delete-variable <name>', 'take a variable away', collectName, [])
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group update devopsforai-aml-vg --secret-variable KEY < key.txt',
    )
    .action(async (name: string, options: GroupOptions) => {
      const { variableGroups } = await connect(options);
      const { pipelines } = await variableGroups.get(name);
      const gone = (options.deleteVariable ?? []).map((each) => [each, null] as const);
      const group = await variableGroups.update(name, {
        ...wordsFrom(options, pipelines),
        variables: { ...(await variablesFrom(options)), ...Object.fromEntries(gone) },
      });
      printEither(options.json, group, () => describe(group));
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
    ...(group.description === '' ? [] : [['description', group.description] as const]),
    ['pipelines', usersOf(group)],
    ...variables,
  ]);
}
