// `ridgeline pipeline-endpoint`: addresses that stay while the pipelines behind them are replaced.
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import {
  describePipelineEndpoint,
  describePipelineEndpoints,
} from '../output/describe-pipeline.ts';
import { printEither } from '../output/print.ts';
import { parseInteger } from './option-values.ts';

export function pipelineEndpointCommand(): Command {
  const command = new Command('pipeline-endpoint').description(
    'look at pipeline endpoints and choose what is behind them',
  );
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(setDefaultCommand());
  command.addCommand(changeCommand('enable', 'let a pipeline endpoint be called again'));
  command.addCommand(changeCommand('disable', 'keep a pipeline endpoint from being called'));
  return command;
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list pipeline endpoints, the newest first')
    .option('--limit <count>', 'at most so many', parseInteger, 100)
    .action(async (options: CommonOptions & { limit: number }) => {
      const { limit } = options;
      const endpoints = await (await connect(options)).pipelineEndpoints.list({ limit });
      printEither(options.json, endpoints, () => describePipelineEndpoints(endpoints));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a pipeline endpoint, its versions, and how it is called')
    .argument('<endpoint>', 'its id, or its name')
    .action(async (idOrName: string, options: CommonOptions) => {
      const endpoint = await (await connect(options)).pipelineEndpoints.get(idOrName);
      printEither(options.json, endpoint, () => describePipelineEndpoint(endpoint));
    });
}

function setDefaultCommand(): Command {
  return withConnection(new Command('set-default'))
    .description('choose the version that a call starts')
    .argument('<endpoint>', 'its id, or its name')
    .argument('<version>', 'one of its versions, counted from 0')
    .addHelpText('after', '\nExample:\n  ridgeline pipeline-endpoint set-default training 1')
    .action(async (idOrName: string, version: string, options: CommonOptions) => {
      const { pipelineEndpoints } = await connect(options);
      const endpoint = await pipelineEndpoints.setDefault(idOrName, version);
      printEither(options.json, endpoint, () => describePipelineEndpoint(endpoint));
    });
}

function changeCommand(change: 'enable' | 'disable', description: string): Command {
  return withConnection(new Command(change))
    .description(description)
    .argument('<endpoint>', 'its id, or its name')
    .action(async (idOrName: string, options: CommonOptions) => {
      const endpoint = await (await connect(options)).pipelineEndpoints[change](idOrName);
      printEither(options.json, endpoint, () => describePipelineEndpoint(endpoint));
    });
}
