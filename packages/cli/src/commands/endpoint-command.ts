// `ridgeline endpoint`: models behind scoring addresses.
import { readFile } from 'node:fs/promises';
import { parseAssetReference } from '@ridgeline/azureml-yaml';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeEndpoint, describeEndpoints } from '../output/describe-endpoint.ts';
import { printEither, printResult } from '../output/print.ts';
import { formatFields } from '../output/table.ts';
import { type Deployment, deploy, readDeploymentFile } from '../submit/deploy.ts';

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly model?: string;
  readonly code?: string;
  readonly scoringScript?: string;
}

export function endpointCommand(): Command {
  const command = new Command('endpoint').description('deploy models and score with them');
  command.addCommand(createCommand());
  command.addCommand(invokeCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(deleteCommand());
  command.addCommand(keysCommand());
  command.addCommand(logsCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('create an endpoint, or change the model version behind it')
    .option('-f, --file <file>', 'an Azure ML online deployment YAML')
    .option('--name <name>', "the endpoint's name, instead of a YAML or of the one in it")
    .option('--model <name:version>', 'the model version; name@latest takes the newest')
    .option('--code <folder>', "the folder of the scoring script's code")
    .option('--scoring-script <path>', 'the script in that folder; without one the model scores')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline endpoint create -f deployment/deployment.yml\n  ridgeline endpoint create --name prices --model price_model@latest',
    )
    .action(async (options: CreateOptions) => {
      const deployment = await deploymentFrom(options);
      const endpoint = await deploy(await connect(options), deployment);
      printEither(options.json, endpoint, () => describeEndpoint(endpoint));
    });
}

async function deploymentFrom(options: CreateOptions): Promise<Deployment> {
  const { file, name, model, code, scoringScript } = options;
  if (file !== undefined) {
    const deployment = await readDeploymentFile(file);
    return name === undefined ? deployment : { ...deployment, endpointName: name };
  }
  if (name === undefined || model === undefined) {
    throw new CliError('USAGE', 'name the endpoint with --name and --model, or a YAML with --file');
  }
  return { endpointName: name, model: parseAssetReference(model), code, scoringScript };
}

interface InvokeOptions extends CommonOptions {
  readonly data?: string;
  readonly file?: string;
}

function invokeCommand(): Command {
  return withConnection(new Command('invoke'))
    .description('score rows and print the answer')
    .argument('<name>', "the endpoint's name")
    .addOption(new Option('-d, --data <json>', 'the request').conflicts('file'))
    .option('-f, --file <file>', 'a file with the request')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline endpoint invoke prices --data \'{"data": [[1, 2, 3]]}\'',
    )
    .action(async (name: string, options: InvokeOptions) => {
      const body = await requestBody(options);
      const client = await connect(options);
      printResult(JSON.stringify(await client.endpoints.invoke(name, body)));
    });
}

async function requestBody({ data, file }: InvokeOptions): Promise<unknown> {
  const text = file === undefined ? data : await readFile(file, 'utf8').catch(() => notThere(file));
  if (text === undefined) throw new CliError('USAGE', 'give the request with --data or --file');
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new CliError('FILE_INVALID', `the request is not JSON: ${message}`, { cause: error });
  }
}

function notThere(file: string): never {
  throw new CliError('FILE_NOT_FOUND', `${file} cannot be read`);
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list endpoints')
    .action(async (options: CommonOptions) => {
      const endpoints = await (await connect(options)).endpoints.list();
      printEither(options.json, endpoints, () => describeEndpoints(endpoints));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show an endpoint and what is behind it')
    .argument('<name>', "the endpoint's name")
    .action(async (name: string, options: CommonOptions) => {
      const endpoint = await (await connect(options)).endpoints.get(name);
      printEither(options.json, endpoint, () => describeEndpoint(endpoint));
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete an endpoint with its deployments and keys')
    .argument('<name>', "the endpoint's name")
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).endpoints.delete(name);
      printEither(options.json, { deleted: name }, () => `deleted ${name}`);
    });
}

function keysCommand(): Command {
  return withConnection(new Command('keys'))
    .description('show the two keys of an endpoint, or replace one')
    .argument('<name>', "the endpoint's name")
    .addOption(new Option('--regenerate <key>', 'replace one').choices(['primary', 'secondary']))
    .action(
      async (name: string, options: CommonOptions & { regenerate?: 'primary' | 'secondary' }) => {
        const { endpoints } = await connect(options);
        const keyType = options.regenerate === 'primary' ? 'Primary' : 'Secondary';
        const keys = await (options.regenerate === undefined
          ? endpoints.keys(name)
          : endpoints.regenerateKey(name, keyType));
        const { primaryKey, secondaryKey } = keys;
        const fields = [['primary', primaryKey] as const, ['secondary', secondaryKey] as const];
        printEither(options.json, keys, () => formatFields(fields));
      },
    );
}

function logsCommand(): Command {
  return withConnection(new Command('logs'))
    .description('print what the scoring process has printed')
    .argument('<name>', "the endpoint's name")
    .action(async (name: string, options: CommonOptions) => {
      process.stdout.write(await (await connect(options)).endpoints.logs(name));
    });
}
