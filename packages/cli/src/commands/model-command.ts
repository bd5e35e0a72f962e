// `ridgeline model`: registered models and their versions.
import path from 'node:path';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { createModel, isAddress, type NewModel, readModelFile } from '../create/create-model.ts';
import { printMade } from '../create/print-made.ts';
import { CliError } from '../errors.ts';
import { describeModelLineage } from '../output/describe-lineage.ts';
import {
  describeModels,
  describeNewModel,
  describeVersion,
  describeVersions,
} from '../output/describe-model.ts';
import { printEither } from '../output/print.ts';
import { collectPair } from './option-values.ts';
import { versionSearch } from './version-search.ts';

export function modelCommand(): Command {
  const command = new Command('model').description('register and look at models');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly path?: string;
  readonly type: 'custom_model' | 'mlflow_model';
  readonly description?: string;
  readonly tag: Readonly<Record<string, string>>;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register a version of a model, or find the same one')
    .option('-f, --file <file>', 'an Azure ML model YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .option('--path <path>', 'a file, a folder, runs:/RUN/PATH or azureml://jobs/JOB/outputs/…')
    .addOption(
      new Option('--type <type>', 'what its files are')
        .choices(['custom_model', 'mlflow_model'])
        .default('custom_model'),
    )
    .option('--description <text>', 'what it is')
    .option('--tag <name=value>', 'a tag', collectPair, {})
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline model create -f model.yml\n' +
        '  ridgeline model create --name prices --path ./model --type mlflow_model',
    )
    .action(async (options: CreateOptions) => {
      const model = await modelFrom(options);
      const made = await createModel(await connect(options), model);
      printMade(options.json, made, describeNewModel);
    });
}

async function modelFrom(options: CreateOptions): Promise<NewModel> {
  if (options.file !== undefined) return readModelFile(options.file);
  const { name, path: place, type, description, tag: tags } = options;
  if (name === undefined || place === undefined) {
    throw new CliError('USAGE', 'name the model with --name and --path, or with a YAML by --file');
  }
  return { name, path: isAddress(place) ? place : path.resolve(place), type, description, tags };
}

interface ListOptions extends CommonOptions {
  readonly tag: Readonly<Record<string, string>>;
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list models, or the versions of one')
    .argument('[name]', 'a registered model')
    .option('--tag <name=value>', 'only versions with this tag, of all models', collectPair, {})
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline model list price_model\n' +
        '  ridgeline model list --tag BuildId=7 --json',
    )
    .action(async (name: string | undefined, options: ListOptions) => {
      const { models } = await connect(options);
      if (name === undefined && Object.keys(options.tag).length === 0) {
        const found = (await models.search()).registered_models ?? [];
        return printEither(options.json, found, () => describeModels(found));
      }
      if (name !== undefined) await models.get(name);
      const search = versionSearch(name, options.tag);
      const versions = (await models.searchVersions(search)).model_versions ?? [];
      printEither(options.json, versions, () => describeVersions(versions, name === undefined));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show one version of a model with its tags, and where it comes from')
    .argument('<name>', 'a registered model')
    .argument('[version]', 'one version; by default the latest')
    .addHelpText('after', '\nExample:\n  ridgeline model show price_model 3')
    .action(async (name: string, version: string | undefined, options: CommonOptions) => {
      const { models } = await connect(options);
      const found =
        version === undefined
          ? await models.latestVersion(name)
          : await models.getVersion(name, version);
      if (found === null) {
        const message = `no version of a model '${name}' is registered; 'ridgeline model list' shows what is`;
        throw new CliError('MODEL_NOT_FOUND', message);
      }
      const lineage = await models.lineage(name, found.version);
      printEither(
        options.json,
        { ...found, lineage },
        () => `${describeVersion(found)}\n\n${describeModelLineage(lineage)}`,
      );
    });
}
