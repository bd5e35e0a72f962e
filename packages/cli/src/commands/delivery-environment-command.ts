// `ridgeline delivery-environment`: where delivery pipelines deploy to, and what has to hold before.
import type { CheckSpec, DeliveryEnvironment, EnvironmentDeployment } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import {
  type AssetNoun,
  type DescriptionOptions,
  deleteAsset,
  descriptionFrom,
  listAssets,
  showAsset,
  withDescription,
} from './asset-commands.ts';
import { type CheckOptions, checksFrom, withChecks } from './check-options.ts';
import { parseInteger } from './option-values.ts';

type EnvironmentOptions = CommonOptions & DescriptionOptions & CheckOptions;

const noun: AssetNoun<DeliveryEnvironment> = {
  what: 'delivery environment',
  of: ({ deliveryEnvironments }) => deliveryEnvironments,
  heads: ['ENVIRONMENT', 'CHECKS', 'DESCRIPTION'],
  row: ({ name, checks, description }) => [
    name,
    checks.map(({ type }) => type).join(', ') || '-',
    description,
  ],
  describe,
};

export function deliveryEnvironmentCommand(): Command {
  return new Command('delivery-environment')
    .description('where delivery pipelines deploy to, with approvals and checks')
    .addCommand(putCommand('create', 'create a deployment environment (for owners)'))
    .addCommand(putCommand('update', 'change one; checks that are named replace all (for owners)'))
    .addCommand(listAssets(noun))
    .addCommand(showAsset(noun))
    .addCommand(historyCommand())
    .addCommand(deleteAsset(noun));
}

function putCommand(verb: 'create' | 'update', description: string): Command {
  return withChecks(withDescription(withConnection(new Command(verb))))
    .description(description)
    .argument('<name>', 'as pipelines name it')
    .addHelpText(
      'after',
      `\nExample:\n  ridgeline delivery-environment ${verb} production --approver ann@example.com --allowed-branch main`,
    )
    .action(async (name: string, options: EnvironmentOptions) => {
      const { deliveryEnvironments } = await connect(options);
      const checks = checksFrom(options);
      const changes = {
        ...descriptionFrom(options),
        ...((!options.checks || checks.length > 0) && { checks }),
      };
      const environment = await (verb === 'create'
        ? deliveryEnvironments.create({ name, ...changes })
        : deliveryEnvironments.update(name, changes));
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
      printEither(options.json, deployments, () =>
        formatTable(
          ['DEPLOYED', 'PIPELINE', 'BUILD', 'COMMIT', 'JOB', 'STATUS', 'BY'],
          deployments.map(historyRow),
        ),
      );
    });
}

function historyRow(deployment: EnvironmentDeployment): readonly string[] {
  const { startedAt, pipeline, buildId, commit, stage, job, status, requestedBy } = deployment;
  const shortCommit = commit.slice(0, 10) || '-';
  const where = `${stage}.${job}`;
  return [
    formatTime(startedAt),
    pipeline,
    String(buildId),
    shortCommit,
    where,
    status,
    requestedBy,
  ];
}
