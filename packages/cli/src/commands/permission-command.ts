// `ridgeline permission`: what people may do with single experiments and registered models.
import type { Permission, PermissionGrant, RidgelineClient } from '@ridgeline/client';
import { Argument, Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatTable } from '../output/table.ts';

const levels = [
  'NO_PERMISSIONS',
  'READ',
  'USE',
  'EDIT',
  'MANAGE',
] as const satisfies readonly Permission[];

interface ThingOptions extends CommonOptions {
  readonly experiment?: string;
  readonly model?: string;
}
interface ListOptions extends ThingOptions {
  readonly user?: string;
}

export function permissionCommand(): Command {
  return new Command('permission')
    .description('what people may do with single experiments and models, in place of their role')
    .addCommand(setCommand())
    .addCommand(listCommand())
    .addCommand(deleteCommand());
}

function setCommand(): Command {
  return withThing(withConnection(new Command('set')))
    .description('give a person a permission, at once; for owners, and for who has MANAGE there')
    .argument('<user>', 'their name')
    .addArgument(new Argument('<permission>', 'what they may do there').choices(levels))
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline permission set bob@example.com NO_PERMISSIONS --experiment salaries\n' +
        '  ridgeline permission set ann@example.com EDIT --model diabetes',
    )
    .action(async (user: string, permission: Permission, options: ThingOptions) => {
      const client = await connect(options);
      const granted = await client.permissions.set(
        await thingOf(client, options),
        user,
        permission,
      );
      printEither(options.json, granted, () => sentence(granted));
    });
}

function listCommand(): Command {
  return withThing(withConnection(new Command('list')))
    .option('--user <name>', 'all that a person has')
    .description('list who has a permission on an experiment or a model, or all that a person has')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline permission list --experiment salaries\n' +
        '  ridgeline permission list --user bob@example.com --json',
    )
    .action(async (options: ListOptions) => {
      const grants = await list(await connect(options), options);
      const rows = grants.map(({ user, thing, permission }) => [
        ...[user.name, thing.kind, thing.name, permission],
      ]);
      printEither(options.json, grants, () =>
        formatTable(['USER', 'ON', 'NAME', 'PERMISSION'], rows),
      );
    });
}

function deleteCommand(): Command {
  return withThing(withConnection(new Command('delete')))
    .description("have a person's role hold there again")
    .argument('<user>', 'their name')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline permission delete bob@example.com --experiment salaries',
    )
    .action(async (user: string, options: ThingOptions) => {
      const client = await connect(options);
      await client.permissions.delete(await thingOf(client, options), user);
      printEither(options.json, { deleted: user }, () => `the role of ${user} holds there again`);
    });
}

function withThing(command: Command): Command {
  return command
    .option('--experiment <name>', 'the experiment')
    .option('--model <name>', 'the registered model');
}

async function list(client: RidgelineClient, { user, ...options }: ListOptions) {
  if (user === undefined) return client.permissions.of(await thingOf(client, options));
  if (options.experiment === undefined && options.model === undefined)
    return client.permissions.ofUser(user);
  throw new CliError('USAGE', 'give --user, or one of --experiment and --model');
}

/** @throws CliError USAGE */
async function thingOf(client: RidgelineClient, { experiment, model }: ThingOptions) {
  if (experiment !== undefined && model === undefined) {
    const { experiment_id: experimentId } = await client.experiments.getByName(experiment);
    return { experimentId };
  }
  if (model !== undefined && experiment === undefined) return { model };
  throw new CliError('USAGE', 'say on what: one of --experiment NAME and --model NAME');
}

function sentence({ user, thing, permission }: PermissionGrant): string {
  return `${user.name} has ${permission} on the ${thing.kind} ${thing.name}`;
}
