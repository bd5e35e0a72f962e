// Versions of a program on this machine: in the tool folder (`<tool>/<version>/<architecture>`),
// in folders of version managers, and on PATH.

import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from '../program.ts';
import type { TaskContext } from '../task.ts';

export interface Installed {
  readonly version: string;
  /** The folder that goes on PATH. */
  readonly folder: string;
  readonly program: string;
}

export interface Search {
  /** The tool folder's name, such as `Python`. */
  readonly tool: string;
  /** Folders that hold one folder a version. */
  readonly managers: readonly string[];
  /** Names under which it may stand on PATH. */
  readonly names: readonly string[];
}

/** In the order in which they are preferred where two have the same version. */
export async function installedVersions(
  context: TaskContext,
  search: Search,
): Promise<readonly Installed[]> {
  const cached = await inToolFolder(context, search);
  const managed = await Promise.all(search.managers.map((folder) => inFolder(folder, search)));
  return [...cached, ...managed.flat(), ...(await onPath(context, search))];
}

async function inToolFolder(context: TaskContext, search: Search): Promise<Installed[]> {
  const root = join(context.folders.tools, search.tool);
  const versions = await list(root);
  const found = versions.map(async (version) => {
    const architectures = await list(join(root, version));
    return inVersions(join(root, version), architectures, search).then((all) =>
      all.map((one) => ({ ...one, version })),
    );
  });
  return (await Promise.all(found)).flat();
}

async function inFolder(folder: string, search: Search): Promise<Installed[]> {
  return inVersions(folder, await list(folder), search);
}

async function inVersions(
  folder: string,
  names: readonly string[],
  search: Search,
): Promise<Installed[]> {
  const all: Installed[] = [];
  for (const name of names) {
    for (const place of [join(folder, name, 'bin'), join(folder, name)]) {
      const program = await firstFile(place, search.names);
      if (program === undefined) continue;
      all.push({ version: name.replace(/^v/, ''), folder: place, program });
      break;
    }
  }
  return all;
}

async function firstFile(folder: string, names: readonly string[]): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const name of names.flatMap((one) => endings.map((ending) => one + ending))) {
    const file = join(folder, name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

async function onPath(context: TaskContext, search: Search): Promise<Installed[]> {
  const all: Installed[] = [];
  for (const name of search.names) {
    const program = findProgram(name, context.env);
    if (program === undefined) continue;
    const result = await context.run(program, ['--version'], { silent: true, capture: true });
    const version = /\d+\.\d+(\.\d+)?/.exec(result.stdout || result.stderr)?.[0];
    if (result.exitCode === 0 && version !== undefined) {
      all.push({ version, folder: dirname(program), program });
    }
  }
  return all;
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
