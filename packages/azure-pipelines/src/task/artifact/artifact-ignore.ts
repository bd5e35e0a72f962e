// `.artifactignore`: gitignore's syntax for what stays out of an artifact. Without the file `.git`
// stays out; with one, even an empty one, only what it says does.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Minimatch } from 'minimatch';

export async function readArtifactIgnore(folder: string): Promise<(path: string) => boolean> {
  const text = await readFile(join(folder, '.artifactignore'), 'utf8').catch(() => '.git');
  return ignoring(text.split(/\r?\n/));
}

/** `path` is relative, with `/` between its parts. */
export function ignoring(lines: readonly string[]): (path: string) => boolean {
  const rules = lines.filter((line) => !/^(#|\s*$)/.test(line)).map(ruleOf);
  const ignored = (path: string) => {
    // The last rule that fits decides.
    const rule = rules.findLast(({ matcher }) => matcher.match(path));
    return rule?.exclude ?? false;
  };
  // A folder that is left out takes all below it along, and no rule brings that back.
  return (path) => prefixes(path).some(ignored);
}

function ruleOf(line: string) {
  const exclude = !line.startsWith('!');
  const glob = line.trim().replace(/^!/, '').replace(/\/$/, '');
  const anchored = glob.replace(/\/\*\*$/, '').includes('/');
  const pattern = anchored ? glob.replace(/^\//, '') : `**/${glob}`;
  return { exclude, matcher: new Minimatch(pattern, { dot: true, nobrace: true, noext: true }) };
}

function prefixes(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
