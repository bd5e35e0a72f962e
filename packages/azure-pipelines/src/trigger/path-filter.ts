// Whether changed files pass the path patterns of a trigger. A pattern is a file, a folder with all
// below it, or has wildcards; paths are those of the repository, without a slash in front.
import type { Filters } from './trigger.ts';
import { matchesWildcard } from './wildcard.ts';

/** One file that passes is enough. */
export function passesPaths(filters: Filters, changedPaths: readonly string[]): boolean {
  if (filters.include.length === 0 && filters.exclude.length === 0) return true;
  return changedPaths.some((path) => passesPath(filters, path));
}

/** The deepest pattern decides, so that a file can be included below an excluded folder. */
function passesPath(filters: Filters, path: string): boolean {
  const everything = filters.include.length === 0 ? 0 : -1;
  const included = Math.max(everything, deepestMatch(filters.include, path));
  return included > deepestMatch(filters.exclude, path);
}

/** How deep the deepest pattern goes that matches; -1 when none does. */
function deepestMatch(patterns: readonly string[], path: string): number {
  const depths = patterns.map((pattern) => {
    const clean = cleaned(pattern);
    return matchesPath(clean, path) ? depthOf(clean) : -1;
  });
  return Math.max(-1, ...depths);
}

/** `./docs/`, `/docs` and `docs` are the same. */
function cleaned(pattern: string): string {
  return pattern.replace(/^\.?\/+/u, '').replace(/\/+$/u, '');
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern === '' || matchesWildcard(pattern, path) || matchesWildcard(`${pattern}/*`, path);
}

/** Folders and a file that it names; `src/*` goes no deeper than `src`. */
function depthOf(pattern: string): number {
  return pattern.split('/').filter((segment) => !/^\**$/u.test(segment)).length;
}
