// `ridgeline data`: named, versioned references to files, with schema and profile.
import type { DataAssetType } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeAsset, describeAssets, describeProfile } from '../output/describe-data.ts';
import { describeDataLineage } from '../output/describe-lineage.ts';
import { printEither } from '../output/print.ts';
import { collectPair } from './option-values.ts';

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly path?: string;
  readonly type?: DataAssetType;
  readonly version?: string;
  readonly description?: string;
  readonly tag: Readonly<Record<string, string>>;
}

export function dataCommand(): Command {
  const command = new Command('data').description('register and look at data assets');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(profileCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register a version of a data asset')
    .option('-f, --file <file>', 'an Azure ML data YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .option('--path <path>', 'a file, a folder, or azureml://datastores/NAME/paths/PATH')
    .addOption(
      new Option('--type <type>', 'what it is; by default a file or a folder').choices([
        'uri_file',
        'uri_folder',
        'mltable',
      ]),
    )
    .option('--version <version>', 'its version; counted up by default')
    .option('--description <text>', 'what it is')
    .option('--tag <name=value>', 'a tag', collectPair, {})
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline data create --name sales --path sales.csv\n' +
        '  ridgeline data create --name images --path ./images --type uri_folder',
    )
    .action(async (options: CreateOptions) => {
      const data = await dataFrom(options);
      const { createData } = await import('../submit/create-data.ts');
      const asset = await createData(await connect(options), data);
      printEither(options.json, asset, () => describeAsset(asset));
    });
}

async function dataFrom(options: CreateOptions) {
  if (options.file !== undefined) {
    const { readDataFile } = await import('../submit/create-data.ts');
    return readDataFile(options.file);
  }
  const { name, path, type, version, description, tag: tags } = options;
  if (name === undefined || path === undefined) {
    throw new CliError('USAGE', 'name the data with --name and --path, or with a YAML by --file');
  }
  return { name, path, type, version, description, tags };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list data assets, or the versions of one')
    .argument('[name]', 'a data asset')
    .action(async (name: string | undefined, options: CommonOptions) => {
      const { data } = await connect(options);
      const assets = await (name === undefined ? data.list() : data.versions(name));
      printEither(options.json, assets, () => describeAssets(assets));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show one version of a data asset, and what was made of it')
    .argument('<name>', 'a data asset, or the id of one of its versions')
    .argument('[version]', 'one version', 'latest')
    .addHelpText('after', '\nExample:\n  ridgeline data show sales 2')
    .action(async (name: string, version: string, options: CommonOptions) => {
      const { data } = await connect(options);
      const asset = await (isGuid(name) ? data.getById(name) : data.get(name, version));
      const lineage = await data.lineage(asset.name, asset.version);
      printEither(
        options.json,
        { ...asset, lineage },
        () => `${describeAsset(asset)}\n\n${describeDataLineage(lineage)}`,
      );
    });
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function profileCommand(): Command {
  return withConnection(new Command('profile'))
    .description('show the figures of each column')
    .argument('<name>', 'a data asset')
    .argument('[version]', 'one version', 'latest')
    .action(async (name: string, version: string, options: CommonOptions) => {
      const profile = await (await connect(options)).data.profile(name, version);
      printEither(options.json, profile, () => describeProfile(profile.columns));
    });
}
