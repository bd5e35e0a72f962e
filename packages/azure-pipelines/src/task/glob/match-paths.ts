// Multi-line file patterns as the task library reads them: in order, each line adds what it
// matches, `!` takes away again, `#` is a comment; dot files match, braces are letters.

import { isAbsolute, join } from 'node:path';
import { Minimatch } from 'minimatch';
import { TaskFailure } from '../task-outcome.ts';

const options = {
  dot: true,
  nobrace: true,
  nocomment: true,
  nonegate: true,
  nocase: process.platform === 'win32',
  nocaseMagicOnly: false,
} as const;

/** Longer than any path. */
const maxPatternLength = 4_096;

export interface Pattern {
  readonly exclude: boolean;
  /** Absolute, or relative to nothing where there is no root. */
  readonly glob: string;
}

export function parsePatterns(lines: readonly string[], root: string): readonly Pattern[] {
  const wanted = lines.map((line) => line.trim()).filter((line) => !/^(#|$)/.test(line));
  return wanted.map((line) => {
    // An even number of marks is none.
    if (line.length > maxPatternLength) throw tooLong(line);
    const marks = /^!*/.exec(line)?.[0].length ?? 0;
    return { exclude: marks % 2 === 1, glob: rooted(line.slice(marks).trim(), root) };
  });
}

function tooLong(line: string): TaskFailure {
  return new TaskFailure(
    `A file pattern is longer than ${maxPatternLength} letters: ${line.slice(0, 60)}…`,
  );
}

/** A root's own letters are no wildcards. */
function rooted(glob: string, root: string): string {
  if (root === '' || isAbsolute(glob)) return glob;
  return join(escapeGlob(root), glob);
}

function escapeGlob(path: string): string {
  return process.platform === 'win32'
    ? path.replace(/[*?[\]]/g, '[$&]')
    : path.replace(/[*?[\]()!+@\\]/g, '\\$&');
}

/** Those of the paths that the patterns choose, in the order of the paths. */
export function matchPaths(
  paths: readonly string[],
  lines: readonly string[],
  root = '',
): readonly string[] {
  const chosen = new Set<string>();
  for (const pattern of parsePatterns(lines, root)) {
    const matcher = new Minimatch(pattern.glob, options);
    for (const path of paths) {
      // Excludes see only what is chosen so far, so that a later include can bring it back.
      if (pattern.exclude ? chosen.has(path) && matcher.match(path) : false) chosen.delete(path);
      else if (!pattern.exclude && matcher.match(path)) chosen.add(path);
    }
  }
  return paths.filter((path) => chosen.has(path));
}
