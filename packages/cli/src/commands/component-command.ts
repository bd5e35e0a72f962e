// `ridgeline component`: definitions of steps, by name and version.
import type { Component, ComponentSummary } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { createComponent, describeNewComponent } from '../create/create-component.ts';
import { printMade } from '../create/print-made.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';

interface CreateOptions extends CommonOptions {
  readonly file: string;
  readonly version?: string;
}

export function componentCommand(): Command {
  const command = new Command('component').description('register and look at components');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('register a version of a component with its code, or find the same one')
    .requiredOption('-f, --file <file>', 'an Azure ML component YAML')
    .option('--version <version>', "its version, over the file's own")
    .addHelpText('after', '\nExample:\n  ridgeline component create -f components/train.yml')
    .action(async (options: CreateOptions) => {
      const client = await connect(options);
      const { file, version } = options;
      const made = await createComponent(client, file, { version });
      printMade(options.json, made, describeNewComponent);
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list components, or the versions of one')
    .argument('[name]', 'a component')
    .action(async (name: string | undefined, options: CommonOptions) => {
      const { components } = await connect(options);
      const found = await (name === undefined ? components.list() : components.versions(name));
      printEither(options.json, found, () => describeComponents(found));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show one version of a component with its text')
    .argument('<name>', 'a component')
    .argument('[version]', 'one version', 'latest')
    .action(async (name: string, version: string, options: CommonOptions) => {
      const component = await (await connect(options)).components.get(name, version);
      printEither(options.json, component, () => describeComponent(component));
    });
}

function describeComponents(components: readonly ComponentSummary[]): string {
  const rows = components.map(({ name, version, type, createdAt }) => [
    name,
    version,
    type,
    formatTime(createdAt),
  ]);
  return formatTable(['COMPONENT', 'VERSION', 'TYPE', 'CREATED'], rows);
}

function describeComponent(component: Component): string {
  const fields = formatFields([
    ['component', `${component.name}:${component.version}`],
    ['type', component.type],
    ['description', component.description],
    ...Object.entries(component.tags).map(([key, value]) => [`tag ${key}`, value] as const),
    ...Object.entries(component.code).map(([path, id]) => [`code ${path}`, id] as const),
    ['digest', component.digest],
    ['created', formatTime(component.createdAt)],
  ]);
  return `${fields}\n\n${component.text.trimEnd()}`;
}
