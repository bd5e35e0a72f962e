// `ridgeline compute`: where steps run, and how many at once.
import type { Compute, NewCompute } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { createCompute, describeNewCompute, readComputeFile } from '../create/create-compute.ts';
import { printMade } from '../create/print-made.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatFields, formatTable, formatTime } from '../output/table.ts';
import { collectPair, parseInteger } from './option-values.ts';

interface SizeOptions {
  readonly minInstances?: number;
  readonly maxInstances?: number;
  readonly size?: string;
  readonly idleSeconds?: number;
  readonly description?: string;
  readonly tag: Readonly<Record<string, string>>;
}

interface CreateOptions extends CommonOptions, SizeOptions {
  readonly file?: string;
  readonly name?: string;
}

export function computeCommand(): Command {
  const command = new Command('compute').description('create and look at computes');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(updateCommand());
  command.addCommand(deleteCommand());
  return command;
}

function withSizes(command: Command): Command {
  return command
    .option('--min-instances <count>', 'kept, and without effect on this machine', parseInteger)
    .option('--max-instances <count>', 'how many steps run at once (0 to 1000)', parseInteger)
    .option('--size <size>', "Azure's size of a node; kept, and without effect", String)
    .option('--idle-seconds <seconds>', 'kept, and without effect on this machine', parseInteger)
    .option('--description <text>', 'what it is for')
    .option('--tag <name=value>', 'a tag', collectPair, {});
}

function createCommand(): Command {
  return withConnection(withSizes(new Command('create')))
    .description('create a compute, or use the one of that name as it is')
    .option('-f, --file <file>', 'an Azure ML compute YAML')
    .option('--name <name>', 'its name, instead of a YAML')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline compute create --name cpu-cluster --max-instances 4\n' +
        '  ridgeline compute create -f compute.yml',
    )
    .action(async (options: CreateOptions) => {
      const compute = await computeFrom(options);
      const made = await createCompute(await connect(options), compute);
      printMade(options.json, made, describeNewCompute);
    });
}

async function computeFrom(options: CreateOptions): Promise<NewCompute> {
  if (options.file !== undefined) return readComputeFile(options.file);
  if (options.name === undefined) {
    throw new CliError('USAGE', 'name the compute with --name, or with a YAML by --file');
  }
  return { name: options.name, ...sizesOf(options) };
}

function sizesOf(options: SizeOptions) {
  const { minInstances, maxInstances, size, idleSeconds, description, tag } = options;
  return {
    ...(minInstances !== undefined && { minInstances }),
    ...(maxInstances !== undefined && { maxInstances }),
    ...(size !== undefined && { size }),
    ...(idleSeconds !== undefined && { idleSeconds }),
    ...(description !== undefined && { description }),
    ...(Object.keys(tag).length > 0 && { tags: tag }),
  };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the computes')
    .action(async (options: CommonOptions) => {
      const computes = await (await connect(options)).computes.list();
      printEither(options.json, computes, () => describeComputes(computes));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a compute')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const compute = await (await connect(options)).computes.get(name);
      printEither(options.json, compute, () => describeCompute(compute));
    });
}

function updateCommand(): Command {
  return withConnection(withSizes(new Command('update')))
    .description('change what is named; all else stays')
    .argument('<name>', 'its name')
    .addHelpText('after', '\nExample:\n  ridgeline compute update cpu-cluster --max-instances 8')
    .action(async (name: string, options: CommonOptions & SizeOptions) => {
      const compute = await (await connect(options)).computes.update(name, sizesOf(options));
      printEither(options.json, compute, () => describeCompute(compute));
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a compute')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).computes.delete(name);
      printEither(options.json, { name, deleted: true }, () => `compute '${name}' is deleted`);
    });
}

function describeComputes(computes: readonly Compute[]): string {
  const rows = computes.map(({ name, kind, maxInstances, size, state }) => [
    name,
    kind,
    String(maxInstances),
    size ?? '-',
    state,
  ]);
  return formatTable(['COMPUTE', 'KIND', 'STEPS', 'SIZE', 'STATE'], rows);
}

function describeCompute(compute: Compute): string {
  return formatFields([
    ['compute', compute.name],
    ['kind', compute.kind],
    ['steps at once', String(compute.maxInstances)],
    ['size', compute.size ?? '-'],
    ...Object.entries(compute.properties),
    ['description', compute.description],
    ...Object.entries(compute.tags).map(([key, value]) => [`tag ${key}`, value] as const),
    ['created', formatTime(compute.createdAt)],
  ]);
}
