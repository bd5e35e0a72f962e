// Finds what patterns choose on disk: only folders in which an including pattern can match are
// walked, links to folders are followed, and a link into one of its own parents is not.

import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { TaskFailure } from '../task-outcome.ts';
import { matchPaths, parsePatterns } from './match-paths.ts';

/** A tree with more entries than this is a mistake in a pattern's root, such as `/`. */
const maxEntries = 2_000_000;

export interface Found {
  readonly path: string;
  readonly isFolder: boolean;
}

/** Absolute paths of files, sorted. */
export async function findFiles(
  root: string,
  lines: readonly string[],
): Promise<readonly string[]> {
  const found = await findEntries(root, lines);
  return found.filter((one) => !one.isFolder).map((one) => one.path);
}

/** Files and folders, sorted. */
export async function findEntries(
  root: string,
  lines: readonly string[],
): Promise<readonly Found[]> {
  const folders = parsePatterns(lines, root)
    .filter((pattern) => !pattern.exclude)
    .map((pattern) => literalFolder(pattern.glob));
  const entries = new Map<string, Found>();
  for (const folder of outermost(folders)) await walk(folder, [], entries);
  const paths = [...entries.keys()].sort();
  return matchPaths(paths, lines, root).flatMap((path) => entries.get(path) ?? []);
}

/** The folders of a pattern before its first wildcard. */
function literalFolder(glob: string): string {
  const literal = /^(?:\\.|[^*?[\]()!+@\\])*/.exec(glob)?.[0] ?? '';
  const folder =
    literal.length === glob.length
      ? dirname(literal)
      : literal.slice(0, literal.lastIndexOf(sep) + 1);
  return folder.replace(/\\(.)/g, '$1').replace(/(?<=.)[\\/]+$/, '') || sep;
}

function outermost(folders: readonly string[]): readonly string[] {
  const sorted = [...new Set(folders)].sort();
  return sorted.filter(
    (folder) => !sorted.some((other) => other !== folder && isInside(folder, other)),
  );
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function walk(
  folder: string,
  parents: readonly string[],
  into: Map<string, Found>,
): Promise<void> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || parents.some((parent) => isInside(parent, real))) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? await leadsToFolder(path) : entry.isDirectory();
    into.set(path, { path, isFolder });
    if (into.size > maxEntries)
      throw new TaskFailure(`There are more than ${maxEntries} files below the patterns' folders`);
    if (isFolder) await walk(path, [...parents, real], into);
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  const target = await stat(path).catch(() => undefined);
  return target?.isDirectory() ?? false;
}
