// Which files of a folder belong to its code snapshot. Reads names, never contents.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { clientError } from '../errors.ts';
import { notFound } from '../http/files.ts';
import { type IgnoreRules, parseIgnoreRules } from './ignore-rules.ts';

const alwaysLeftOut: ReadonlySet<string> = new Set(['node_modules', '.git', '.ridgeline']);
// Azure ML's order: its own file wins over git's.
const ignoreFiles = ['.amlignore', '.gitignore'] as const;

/**
 * The files to pack, relative to the folder, divided by `/`, in a fixed order.
 * @throws ApiError LOCAL_PATH_NOT_FOUND, CODE_FOLDER_EMPTY, CODE_LINK_NOT_ALLOWED
 */
export async function listCodeFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  await collect(folder, '', await readIgnoreRules(folder), files);
  if (files.length === 0) throw nothingLeft(folder);
  return files.sort();
}

async function collect(
  folder: string,
  below: string,
  rules: IgnoreRules,
  files: string[],
): Promise<void> {
  for (const entry of await readFolder(path.join(folder, below))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (alwaysLeftOut.has(entry.name) || rules.isIgnored(name, entry.isDirectory())) continue;
    if (entry.isSymbolicLink()) throw linkRefused(folder, name);
    if (entry.isDirectory()) await collect(folder, name, rules, files);
    if (entry.isFile()) files.push(name);
  }
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw notFound(folder, error);
  }
}

async function readIgnoreRules(folder: string): Promise<IgnoreRules> {
  for (const name of ignoreFiles) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => null);
    if (text !== null) return parseIgnoreRules(text);
  }
  return parseIgnoreRules('');
}

function linkRefused(folder: string, name: string): Error {
  return clientError(
    'CODE_LINK_NOT_ALLOWED',
    `'${name}' in '${folder}' is a symbolic link, which a code snapshot cannot keep; ` +
      'put a copy in its place, or name it in .amlignore',
  );
}

function nothingLeft(folder: string): Error {
  return clientError(
    'CODE_FOLDER_EMPTY',
    `'${folder}' holds no file to take along; check the path and its .amlignore or .gitignore`,
  );
}
