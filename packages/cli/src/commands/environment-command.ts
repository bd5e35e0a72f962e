// `ridgeline environment`: what steps run in.
import type { NewEnvironment, RegisteredEnvironment } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { readEnvironmentFile, readPackagesFile } from '../submit/create-environment.ts';

interface CreateOptions extends CommonOptions {
  readonly file?: string;
  readonly name?: string;
  readonly packages?: string;
  readonly version?: string;
}

export function environmentCommand(): Command {
  const command = new Command('environment').description('register and look at environments');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register a version of an environment; a step that needs it has it made')
    .option('-f, --file <file>', 'an Azure ML environment YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .option('--packages <file>', 'a conda file, or a requirements list (.txt), instead of a YAML')
    .option('--version <version>', 'its version; counted up by default')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline environment create -f environment.yml\n' +
        '  ridgeline environment create --name training --packages requirements.txt',
    )
    .action(async (options: CreateOptions) => {
      const asked = await environmentFrom(options);
      const made = await (await connect(options)).environments.create(asked);
      for (const note of made.notes) printNote(note);
      printEither(options.json, made, () => describeEnvironment(made));
    });
}

async function environmentFrom(options: CreateOptions): Promise<NewEnvironment> {
  const { file, name, packages, version } = options;
  const ownVersion = version === undefined ? {} : { version };
  if (file !== undefined) return { ...(await readEnvironmentFile(file)), ...ownVersion };
  if (name === undefined || packages === undefined) {
    throw new CliError(
      'USAGE',
      'name the environment with --name and --packages, or with a YAML by --file',
    );
  }
  return { name, ...(await readPackagesFile(packages)), ...ownVersion };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list environments, or the versions of one')
    .argument('[name]', 'an environment')
    .action(async (name: string | undefined, options: CommonOptions) => {
      const { environments } = await connect(options);
      const found = await (name === undefined ? environments.list() : environments.versions(name));
      printEither(options.json, found, () => describeEnvironments(found));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show what an environment consists of')
    .argument('<name>', 'an environment')
    .argument('[version]', 'one version', 'latest')
    .addHelpText('after', '\nExample:\n  ridgeline environment show training')
    .action(async (name: string, version: string, options: CommonOptions) => {
      const found = await (await connect(options)).environments.get(name, version);
      printEither(options.json, found, () => describeEnvironment(found));
    });
}

export function describeEnvironment(environment: RegisteredEnvironment): string {
  const { name, version, kind, digest, createdAt } = environment;
  return formatFields([
    ['environment', `${name}:${version}`],
    ['kind', kind],
    ...contentOf(environment),
    ['digest', digest],
    ['created', formatTime(createdAt)],
  ]);
}

function contentOf({
  python,
  requirements,
  rPackages,
  image,
}: RegisteredEnvironment): readonly (readonly [string, string])[] {
  return [
    ...(image === null ? [] : [['image', image] as const]),
    ...(python === null ? [] : [['python', python === '' ? 'any' : python] as const]),
    ...requirements.map((line) => ['requires', line] as const),
    ...(rPackages === null ? [] : [['R packages', rPackages.join(', ') || '-'] as const]),
  ];
}

function describeEnvironments(environments: readonly RegisteredEnvironment[]): string {
  const rows = environments.map(({ name, version, kind, createdAt }) => [
    name,
    version,
    kind,
    formatTime(createdAt),
  ]);
  return formatTable(['ENVIRONMENT', 'VERSION', 'KIND', 'CREATED'], rows);
}
