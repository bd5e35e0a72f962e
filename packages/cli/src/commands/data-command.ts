// `ridgeline data`: named, versioned references to files, with schema and profile.
import type { ColumnProfile, DataAsset } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { createData, readDataFile } from '../submit/create-data.ts';
import { collectPair } from './option-values.ts';

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly path?: string;
  readonly assetVersion?: string;
  readonly description?: string;
  readonly tag: Readonly<Record<string, string>>;
}

export function dataCommand(): Command {
  const command = new Command('data').description('register and look at data assets');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(profileCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register a version of a data asset')
    .option('-f, --file <file>', 'an Azure ML data YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .option('--path <file>', 'the CSV, Parquet or JSON Lines file')
    .option('--asset-version <version>', 'its version; counted up by default')
    .option('--description <text>', 'what it is')
    .option('--tag <name=value>', 'a tag', collectPair, {})
    .addHelpText('after', '\nExample:\n  ridgeline data create --name sales --path sales.csv')
    .action(async (options: CreateOptions) => {
      const data = await dataFrom(options);
      const asset = await createData(await connect(options), data);
      printEither(options.json, asset, () => describeAsset(asset));
    });
}

async function dataFrom(options: CreateOptions) {
  if (options.file !== undefined) return readDataFile(options.file);
  const { name, path, assetVersion: version, description, tag: tags } = options;
  if (name === undefined || path === undefined) {
    throw new CliError('USAGE', 'name the data with --name and --path, or with a YAML by --file');
  }
  return { name, path, version, description, tags };
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

function describeAsset(asset: DataAsset): string {
  return formatFields([
    ['data', `${asset.name}:${asset.version}`],
    ...describeContent(asset),
    ['uri', asset.uri],
    ['sha256', asset.sha256],
    ['created', formatTime(asset.createdAt)],
  ]);
}

function describeContent({
  schema,
  rowCount,
}: DataAsset): ReadonlyArray<readonly [string, string]> {
  if (schema === null) return [['content', 'a folder']];
  const columns = schema.columns.map(({ name, type }) => `${name} (${type})`).join(', ');
  return [
    ['rows', String(rowCount)],
    ['columns', columns],
  ];
}

function describeAssets(assets: readonly DataAsset[]): string {
  const rows = assets.map((asset) => [
    asset.name,
    asset.version,
    String(asset.rowCount ?? '-'),
    String(asset.schema?.columns.length ?? '-'),
    formatTime(asset.createdAt),
  ]);
  return formatTable(['DATA', 'VERSION', 'ROWS', 'COLUMNS', 'CREATED'], rows);
}

function describeProfile(columns: readonly ColumnProfile[]): string {
  const rows = columns.map((column) => [
    column.name,
    column.type,
    String(column.missingCount),
    String(column.distinctCount),
    ...figuresOf(column),
  ]);
  const headings = ['COLUMN', 'TYPE', 'MISSING', 'DISTINCT', 'MIN', 'MAX', 'MEAN', 'STD'];
  return formatTable(headings, rows);
}

function figuresOf(column: ColumnProfile): readonly string[] {
  if (column.type === 'string') return ['-', '-', '-', '-'];
  if (column.type === 'datetime') return [column.min ?? '-', column.max ?? '-', '-', '-'];
  return [column.min, column.max, column.mean, column.standardDeviation].map(shortFigure);
}

function shortFigure(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(6)));
}
