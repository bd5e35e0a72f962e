// `ridgeline delivery-environment`: where delivery pipelines deploy to, and what has to hold before.
import type {
  CheckSpec,
  DeliveryEnvironment,
  EnvironmentDeployment,
  RidgelineClient,
} from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatCreation, formatFields, formatTable, formatTime } from '../output/table.ts';
import { type AssetNoun, assetCommand, putAsset } from './asset-commands.ts';
import { type CheckOptions, checksFrom, withChecks } from './check-options.ts';
import { parseInteger } from './option-values.ts';
import {
  type DescriptionOptions,
  descriptionField,
  descriptionFrom,
  withDescription,
} from './put-asset.ts';

type EnvironmentOptions = CommonOptions & DescriptionOptions & CheckOptions;

const noun: AssetNoun<DeliveryEnvironment, RidgelineClient['deliveryEnvironments']> = {
  what: 'delivery environment',
  about: 'where delivery pipelines deploy to, with approvals and checks',
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
  const put = [
    putCommand('create', 'create a deployment environment (for owners)'),
    putCommand('update', 'change one; checks that are named replace all (for owners)'),
  ];
  return assetCommand(noun, put, [historyCommand()]);
}

function putCommand(verb: 'create' | 'update', description: string): Command {
  const command = withChecks(withDescription(withConnection(new Command(verb))))
    .description(description)
    .argument('<name>', 'as pipelines name it')
    .addHelpText(
      'after',
      `\nExample:\n  ridgeline delivery-environment ${verb} production --approver ann@example.com --allowed-branch main`,
    );
  return putAsset(command, noun, async (api, name, options: EnvironmentOptions) => {
    const checks = checksFrom(options);
    const changes = {
      ...descriptionFrom(options),
      ...((!options.checks || checks.length > 0) && { checks }),
    };
    return verb === 'create' ? api.create({ name, ...changes }) : api.update(name, changes);
  });
}

function describe(environment: DeliveryEnvironment): string {
  return formatFields([
    ['environment', environment.name],
    ...descriptionField(environment),
    ...environment.checks.map(
      ({ type, ...settings }) => [`check ${type}`, words(settings)] as const,
    ),
    ['created', formatCreation(environment)],
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
