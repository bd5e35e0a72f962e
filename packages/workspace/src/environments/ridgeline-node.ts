// The curated environment `ridgeline-node`: links to this installation's packages in the step's
// node_modules, as npm would make them, and a PATH that finds the running Node and their commands.
import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { RidgelineError } from '../errors.ts';
import { hasSystemCode } from '../files/fs-errors.ts';
import { installedPackageFolder } from './installed-packages.ts';

// What steps import. Of those, an installation may lack the ones that this package does not need.
const packages = ['automl', 'client', 'learn', 'scoring', 'tabular'].map(
  (name) => `@ridgeline/${name}`,
);

const commands = [
  {
    name: 'ridgeline-batch-score',
    package: '@ridgeline/scoring',
    file: join('bin', 'ridgeline-batch-score.mjs'),
  },
  {
    name: 'ridgeline-parallel-run',
    package: '@ridgeline/scoring',
    file: join('bin', 'ridgeline-parallel-run.mjs'),
  },
  {
    name: 'ridgeline-automl',
    package: '@ridgeline/automl',
    file: join('bin', 'ridgeline-automl.mjs'),
  },
];

export async function prepareRidgelineNode(codeFolder: string): Promise<{ readonly PATH: string }> {
  const modules = join(codeFolder, 'node_modules');
  const bin = join(modules, '.bin');
  try {
    await linkPackages(modules);
    await linkCommands(bin);
  } catch (error) {
    throw cannotLink(modules, error);
  }
  const inherited = process.env.PATH ?? '';
  return { PATH: [dirname(process.execPath), bin, inherited].join(delimiter) };
}

async function linkPackages(modules: string): Promise<void> {
  await mkdir(join(modules, '@ridgeline'), { recursive: true });
  for (const name of packages) {
    const folder = await installedPackageFolder(name);
    if (folder !== null) await link(folder, join(modules, name));
  }
}

async function linkCommands(bin: string): Promise<void> {
  await mkdir(bin, { recursive: true });
  for (const command of commands) {
    const folder = await installedPackageFolder(command.package);
    if (folder !== null) await link(join(folder, command.file), join(bin, command.name));
  }
}

async function link(target: string, path: string): Promise<void> {
  try {
    // On Windows a junction needs no special right; elsewhere the kind is ignored.
    await symlink(target, path, 'junction');
  } catch (error) {
    // The snapshot brought its own, or the folder was prepared before.
    if (!hasSystemCode(error, 'EEXIST')) throw error;
  }
}

function cannotLink(modules: string, cause: unknown): RidgelineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message =
    `environment 'ridgeline-node' cannot link its packages into ${modules}: ${reason}; ` +
    "the code must not have a file named 'node_modules', '@ridgeline' or '.bin' in that place";
  return new RidgelineError('ENVIRONMENT_CANNOT_PREPARE', message, { cause });
}
