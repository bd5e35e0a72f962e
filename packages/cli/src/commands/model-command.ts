// `ridgeline model`: registered models and their versions.
import { type MlflowModelVersion, type MlflowRegisteredModel, toMap } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';

export function modelCommand(): Command {
  const command = new Command('model').description('look at registered models');
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list models, or the versions of one')
    .argument('[name]', 'a registered model')
    .action(async (name: string | undefined, options: CommonOptions) => {
      const { models } = await connect(options);
      if (name === undefined) {
        const found = (await models.search()).registered_models ?? [];
        return printEither(options.json, found, () => describeModels(found));
      }
      await models.get(name);
      const filter = `name = '${name.replaceAll("'", "''")}'`;
      const search = { filter, order_by: ['version_number DESC'] };
      const versions = (await models.searchVersions(search)).model_versions ?? [];
      printEither(options.json, versions, () => describeVersions(versions));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show one version of a model with its tags')
    .argument('<name>', 'a registered model')
    .argument('[version]', 'one version; by default the latest')
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
      printEither(options.json, found, () => describeVersion(found));
    });
}

function describeModels(models: readonly MlflowRegisteredModel[]): string {
  const rows = models.map(({ name, latest_versions: latest, last_updated_timestamp: updated }) => [
    name,
    latest?.[0]?.version ?? '-',
    updated === undefined ? '-' : timeOf(updated),
  ]);
  return formatTable(['MODEL', 'LATEST', 'UPDATED'], rows);
}

function describeVersions(versions: readonly MlflowModelVersion[]): string {
  const rows = versions.map((version) => [
    version.version,
    version.run_id ?? '-',
    timeOf(version.creation_timestamp),
    describeTags(version),
  ]);
  return formatTable(['VERSION', 'RUN', 'CREATED', 'TAGS'], rows);
}

function describeVersion(version: MlflowModelVersion): string {
  return formatFields([
    ['model', `${version.name}:${version.version}`],
    ['run', version.run_id ?? '-'],
    ['source', version.source ?? '-'],
    ['description', version.description ?? ''],
    ['created', timeOf(version.creation_timestamp)],
    ...[...toMap(version.tags)].map(([key, value]) => [`tag ${key}`, value] as const),
  ]);
}

function describeTags(version: MlflowModelVersion): string {
  return [...toMap(version.tags)].map(([key, value]) => `${key}=${value}`).join(' ');
}

function timeOf(milliseconds: number): string {
  return formatTime(new Date(milliseconds).toISOString());
}
