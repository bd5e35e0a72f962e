// `ridgeline delivery-pipeline`: names for the Azure Pipelines YAML files of repositories.
import type { DeliveryPipeline, RidgelineClient } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import {
  describeDeliveryPipeline,
  describeDeliveryPipelineList,
} from '../output/describe-delivery-pipeline.ts';
import { printEither } from '../output/print.ts';
import { deliveryPipelineHookCommand } from './delivery-pipeline-hook-command.ts';
import {
  type DefinitionOptions,
  placeOf,
  settingsFrom,
  withDefinition,
} from './delivery-pipeline-settings.ts';
import { parseInteger } from './option-values.ts';

export function deliveryPipelineCommand(): Command {
  return new Command('delivery-pipeline')
    .description('Azure Pipelines YAML files of repositories, built on this server')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(updateCommand())
    .addCommand(deliveryPipelineHookCommand())
    .addCommand(deleteCommand());
}

const examples = `
Examples:
  ridgeline delivery-pipeline create Model-CI --repository . --yaml-path .pipelines/ci.yml
  ridgeline delivery-pipeline create release --repository https://example.com/ml.git \\
    --branch main --variable target=staging --settable target`;

function createCommand(): Command {
  return withDefinition(new Command('create'))
    .description('create a delivery pipeline; pushes to its repository start builds from now on')
    .argument('<name>', 'its name')
    .option('--disabled', 'do not let it start builds yet')
    .addHelpText('after', examples)
    .action(async (name: string, options: DefinitionOptions & { readonly disabled?: true }) => {
      if (options.repository === undefined) {
        const message = 'name its repository with --repository: a folder, or a git address';
        throw new CliError('USAGE', message);
      }
      const client = await connect(options);
      const pipeline = await client.deliveryPipelines.create({
        name,
        ...(await settingsFrom(options)),
        repository: placeOf(options.repository, options.branch),
        ...(options.disabled && { enabled: false }),
      });
      await tell(client, pipeline, options);
    });
}

interface UpdateOptions extends DefinitionOptions {
  readonly name?: string;
  readonly enable?: true;
  readonly disable?: true;
}

function updateCommand(): Command {
  return withDefinition(new Command('update'))
    .description('change a delivery pipeline; what is left out stays')
    .argument('<name>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--enable', 'let it start builds again')
    .option('--disable', 'let it start none')
    .action(async (name: string, options: UpdateOptions) => {
      const client = await connect(options);
      const { deliveryPipelines } = client;
      const before = await deliveryPipelines.get(name);
      const { repository = before.repository.location, branch } = options;
      const { variables: given = [], ...settings } = await settingsFrom(options);
      const names = new Set(given.map((variable) => variable.name.toLowerCase()));
      const kept = before.variables
        .filter((variable) => !names.has(variable.name.toLowerCase()))
        .map(({ value, ...variable }) => (variable.isSecret ? variable : { ...variable, value }));
      const pipeline = await deliveryPipelines.update(name, {
        ...settings,
        ...(options.name !== undefined && { name: options.name }),
        repository: placeOf(repository, branch ?? before.repository.branch),
        ...(given.length > 0 && { variables: [...kept, ...given] }),
        ...(options.enable && { enabled: true }),
        ...(options.disable && { enabled: false }),
      });
      await tell(client, pipeline, options);
    });
}

/** With what the server has found in its repository just now. */
async function tell(
  { deliveryPipelines }: RidgelineClient,
  pipeline: DeliveryPipeline,
  { json }: CommonOptions,
): Promise<void> {
  const { error, watchedSince } = await deliveryPipelines.triggers(pipeline.name, 1);
  const state = { error, watchedSince, events: [] };
  printEither(json, pipeline, () => describeDeliveryPipeline(pipeline, state));
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the delivery pipelines')
    .action(async (options: CommonOptions) => {
      const pipelines = await (await connect(options)).deliveryPipelines.list();
      printEither(options.json, pipelines, () => describeDeliveryPipelineList(pipelines));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a delivery pipeline, and what has started its builds')
    .argument('<name>', 'its name')
    .option('--limit <count>', 'at most so many of those', parseInteger, 10)
    .action(async (name: string, options: CommonOptions & { limit: number }) => {
      const { deliveryPipelines } = await connect(options);
      const pipeline = await deliveryPipelines.get(name);
      const triggers = await deliveryPipelines.triggers(name, options.limit);
      printEither(options.json, { ...pipeline, triggers }, () =>
        describeDeliveryPipeline(pipeline, triggers),
      );
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a delivery pipeline; its builds stay')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).deliveryPipelines.delete(name);
      const said = `delivery pipeline '${name}' is deleted`;
      printEither(options.json, { name, deleted: true }, () => said);
    });
}
