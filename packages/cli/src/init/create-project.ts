// A new project from a template: copied to a staging folder, renamed there, and moved into its
// place as a whole, so that a failure leaves nothing behind.
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../errors.ts';
import { linkPackages } from './link-packages.ts';
import { makeRepository } from './make-repository.ts';
import { assertProjectName } from './project-name.ts';
import { renameText } from './rename.ts';
import { defaultTemplate, type ProjectTemplate } from './templates.ts';

// The data's source speaks of the sample's data, which the new project replaces by its own.
const leftOut = new Set(['node_modules', '.ridgeline', 'coverage', 'package-lock.json']);
const binaryExtensions = new Set(['.parquet', '.png']);

/**
 * @param directory where the project goes: not there yet, or an empty folder.
 * @throws CliError PROJECT_NAME_INVALID, DIRECTORY_INVALID, DIRECTORY_NOT_EMPTY
 */
export async function createProject(
  directory: string,
  name: string,
  template: ProjectTemplate = defaultTemplate,
): Promise<string> {
  assertProjectName(name);
  const target = path.resolve(directory);
  await assertUsable(target);
  const staging = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}-`));
  try {
    await cp(template.folder, staging, {
      recursive: true,
      filter: (source) => !leftOut.has(path.basename(source)),
    });
    await renameFiles(staging, name, template);
    await linkPackages(path.join(staging, 'package.json'));
    await makeRepository(staging);
    await rmdir(target).catch(() => {});
    await rename(staging, target);
    return target;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

async function assertUsable(target: string): Promise<void> {
  const found = await stat(target).catch(() => null);
  if (found === null) {
    await mkdir(path.dirname(target), { recursive: true }).catch((error: Error) => {
      const message = `Not a valid directory. ${path.dirname(target)} cannot be made: ${error.message}`;
      throw new CliError('DIRECTORY_INVALID', message, { cause: error });
    });
    return;
  }
  if (!found.isDirectory()) {
    throw new CliError('DIRECTORY_INVALID', `Not a valid directory. ${target} is a file`);
  }
  if ((await readdir(target)).length > 0) {
    throw new CliError('DIRECTORY_NOT_EMPTY', `${target} is not empty; name a new or empty folder`);
  }
}

async function renameFiles(folder: string, name: string, template: ProjectTemplate): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const from = path.join(folder, entry.name);
    const to = path.join(folder, renameText(entry.name, name, template));
    if (entry.isDirectory()) await renameFiles(from, name, template);
    else if (!binaryExtensions.has(path.extname(entry.name))) {
      await writeFile(from, renameText(await readFile(from, 'utf8'), name, template));
    }
    if (from !== to) await rename(from, to);
  }
}
