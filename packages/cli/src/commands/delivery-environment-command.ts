// `ridgeline delivery-environment`: where delivery pipelines deploy to, and what has to hold before.
import type { CheckSpec, DeliveryEnvironment } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { collectName, parseInteger } from './option-values.ts';

interface CheckOptions extends CommonOptions {
  readonly description?: string;
  readonly approval?: true;
  readonly approver: readonly string[];
  readonly minimumApprovers?: number;
  readonly notByRequester?: true;
  readonly instructions?: string;
  readonly allowedBranch: readonly string[];
  readonly hours?: string;
  readonly timeZone?: string;
  readonly exclusiveLock?: true;
  /** False: take all checks away. */
  readonly checks: boolean;
}

export function deliveryEnvironmentCommand(): Command {
  return new Command('delivery-environment')
    .description('where delivery pipelines deploy to, with approvals and checks')
    .addCommand(putCommand('create', 'create a deployment environment (for owners)'))
    .addCommand(putCommand('update', 'change one; checks that are named replace all (for owners)'))
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(historyCommand())
    .addCommand(deleteCommand());
}

function putCommand(verb: 'create' | 'update', description: string): Command {
  return withConnection(new Command(verb))
    .description(description)
    .argument('<name>', 'as pipelines name it')
    .option('--description <text>', 'what it is')
    .option('--approval', 'somebody with the role Contributor has to approve')
    .option('--approver <name>', 'this user or service principal has to', collectName, [])
    .option('--minimum-approvers <count>', 'so many of them; default all', parseInteger)
    .option('--not-by-requester', 'who has queued a build may not approve it')
    .option('--instructions <text>', 'shown to those who approve')
    .option('--allowed-branch <pattern>', 'only builds of such branches', collectName, [])
    .option('--hours <from-to>', 'only then, Monday to Friday: 09:00-17:00')
    .option('--time-zone <name>', 'of those hours; default UTC')
    .option('--exclusive-lock', 'one stage at a time')
    .option('--no-checks', 'without any of those that it has')
    .addHelpText(
      'after',
      `\nExample:\n  ridgeline delivery-environment ${verb} production --approver ann@example.com --allowed-branch main`,
    )
    .action(async (name: string, options: CheckOptions) => {
      const { deliveryEnvironments } = await connect(options);
      const checks = checksFrom(options);
      const { description: about } = options;
      const changes = {
        ...(about !== undefined && { description: about }),
        ...((!options.checks || checks.length > 0) && { checks }),
      };
      const environment = await (verb === 'create'
        ? deliveryEnvironments.create({ name, ...changes })
        : deliveryEnvironments.update(name, changes));
      printEither(options.json, environment, () => describe(environment));
    });
}

function checksFrom(options: CheckOptions): readonly CheckSpec[] {
  const { approver, minimumApprovers, instructions, allowedBranch, exclusiveLock } = options;
  const approval: CheckSpec = {
    type: 'approval',
    approvers: approver,
    ...(minimumApprovers !== undefined && { minimumApprovers }),
    ...(options.notByRequester && { allowSelfApproval: false }),
    ...(instructions !== undefined && { instructions }),
  };
  const isAsked = options.approval === true || approver.length > 0;
  return [
    ...(isAsked ? [approval] : []),
    ...(allowedBranch.length > 0
      ? [{ type: 'branchControl', allowedBranches: allowedBranch } as const]
      : []),
    ...(options.hours === undefined ? [] : [hoursFrom(options.hours, options.timeZone)]),
    ...(exclusiveLock ? [{ type: 'exclusiveLock' } as const] : []),
  ];
}

/** @throws CliError USAGE */
function hoursFrom(hours: string, timeZone: string | undefined): CheckSpec {
  const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(hours) ?? [];
  if (start === undefined || end === undefined) {
    throw new CliError('USAGE', `--hours '${hours}' is not understood; write 09:00-17:00`);
  }
  return { type: 'businessHours', start, end, ...(timeZone !== undefined && { timeZone }) };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the deployment environments')
    .action(async (options: CommonOptions) => {
      const environments = await (await connect(options)).deliveryEnvironments.list();
      const rows = environments.map(({ name, checks, description }) => [
        name,
        checks.map(({ type }) => type).join(', ') || '-',
        description,
      ]);
      printEither(options.json, environments, () =>
        formatTable(['ENVIRONMENT', 'CHECKS', 'DESCRIPTION'], rows),
      );
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a deployment environment with its checks')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const environment = await (await connect(options)).deliveryEnvironments.get(name);
      printEither(options.json, environment, () => describe(environment));
    });
}

function describe({ name, description, checks, createdBy, createdAt }: DeliveryEnvironment) {
  return formatFields([
    ['environment', name],
    ...(description === '' ? [] : [['description', description] as const]),
    ...checks.map(({ type, ...settings }) => [`check ${type}`, words(settings)] as const),
    ['created', `${formatTime(createdAt)}${createdBy === '' ? '' : ` by ${createdBy}`}`],
  ]);
}

function words(settings: Omit<CheckSpec, 'type'>): string {
  const shown = Object.entries(settings).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(' ') || 'anybody' : String(value);
    return text === '' ? '' : `${name} ${text}`;
  });
  return shown.filter((text) => text !== '').join(', ');
}

function historyCommand(): Command {
  return withConnection(new Command('history'))
    .description('what was deployed there, the newest first')
    .argument('<name>', 'its name')
    .option('--limit <count>', 'how many; default 100', parseInteger)
    .action(async (name: string, options: CommonOptions & { readonly limit?: number }) => {
      const { deliveryEnvironments } = await connect(options);
      const deployments = await deliveryEnvironments.deployments(name, options.limit);
      const rows = deployments.map(({ startedAt, pipeline, buildId, stage, job, status }) => [
        formatTime(startedAt),
        pipeline,
        String(buildId),
        `${stage}.${job}`,
        status,
      ]);
      printEither(options.json, deployments, () =>
        formatTable(['DEPLOYED', 'PIPELINE', 'BUILD', 'JOB', 'STATUS'], rows),
      );
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a deployment environment with its history (for owners)')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).deliveryEnvironments.delete(name);
      const said = `delivery environment '${name}' is deleted`;
      printEither(options.json, { name, deleted: true }, () => said);
    });
}
