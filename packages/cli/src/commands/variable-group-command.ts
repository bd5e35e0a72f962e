// `ridgeline variable-group`: values and secrets that delivery pipelines use by the group's name.
import type { GroupVariableSpec, VariableGroup, VaultSecret } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';
import { collectName, collectPair } from './option-values.ts';
import {
  type PermissionOptions,
  permissionsFrom,
  usersOf,
  withPermissions,
} from './permission-options.ts';

interface PutOptions extends CommonOptions, PermissionOptions {
  readonly description?: string;
  readonly variable: Readonly<Record<string, string>>;
  readonly secretVariable?: string;
  readonly workspaceSecret: Readonly<Record<string, string>>;
  readonly vaultSecret: Readonly<Record<string, string>>;
  readonly deleteVariable?: readonly string[];
}

export function variableGroupCommand(): Command {
  return new Command('variable-group')
    .description('values and secrets that delivery pipelines use by name')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(deleteCommand());
}

function withVariables(command: Command): Command {
  return command
    .option('--description <text>', 'what it is for')
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
  return withPermissions(withVariables(withConnection(new Command('create'))), 'create')
    .description('create a variable group (for owners)')
    .argument('<name>', 'as pipelines name it')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group create devopsforai-aml-vg --variable BASE_NAME=diabetes \\\n' +
        '    --variable LOCATION=centralus --all-pipelines',
    )
    .action(async (name: string, options: PutOptions) => {
      const { variableGroups } = await connect(options);
      const group = await variableGroups.create({
        name,
        ...descriptionFrom(options),
        ...permissionsFrom(options, []),
        variables: await variablesFrom(options),
      });
      printEither(options.json, group, () => describe(group));
    });
}

function updateCommand(): Command {
  return withPermissions(withVariables(withConnection(new Command('update'))), 'update')
    .description('change a variable group; what is left out stays (for owners)')
    .argument('<name>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--delete-variable <name>', 'take a variable away', collectName, [])
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline variable-group update devopsforai-aml-vg --secret-variable KEY < key.txt',
    )
    .action(async (name: string, options: PutOptions & { readonly name?: string }) => {
      const { variableGroups } = await connect(options);
      const { pipelines } = await variableGroups.get(name);
      const gone = (options.deleteVariable ?? []).map((each) => [each, null] as const);
      const group = await variableGroups.update(name, {
        ...(options.name !== undefined && { name: options.name }),
        ...descriptionFrom(options),
        ...permissionsFrom(options, pipelines),
        variables: { ...(await variablesFrom(options)), ...Object.fromEntries(gone) },
      });
      printEither(options.json, group, () => describe(group));
    });
}

function descriptionFrom({ description }: PutOptions) {
  return description === undefined ? {} : { description };
}

async function variablesFrom({
  variable,
  secretVariable,
  workspaceSecret,
  vaultSecret,
}: PutOptions): Promise<Readonly<Record<string, GroupVariableSpec>>> {
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

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the variable groups')
    .action(async (options: CommonOptions) => {
      const groups = await (await connect(options)).variableGroups.list();
      const rows = groups.map((group) => [
        group.name,
        String(Object.keys(group.variables).length),
        usersOf(group),
        group.description,
      ]);
      printEither(options.json, groups, () =>
        formatTable(['GROUP', 'VARIABLES', 'PIPELINES', 'DESCRIPTION'], rows),
      );
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a variable group, its secrets without their values')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const group = await (await connect(options)).variableGroups.get(name);
      printEither(options.json, group, () => describe(group));
    });
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

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a variable group with its secrets (for owners)')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).variableGroups.delete(name);
      const said = `variable group '${name}' is deleted`;
      printEither(options.json, { name, deleted: true }, () => said);
    });
}
