// The lines of a `.amlignore` or `.gitignore` at the top of a folder, as a question about paths.
// What git knows and this does not: ignore files in lower folders, and character classes.

export interface IgnoreRules {
  /** @param path relative to the folder, divided by `/`; ask a folder before what it holds. */
  isIgnored(path: string, isFolder: boolean): boolean;
}

interface Rule {
  readonly pattern: RegExp;
  readonly foldersOnly: boolean;
  /** From a line with `!`: takes back what an earlier line left out. */
  readonly keeps: boolean;
}

export function parseIgnoreRules(text: string): IgnoreRules {
  const rules = text
    .split(/\r?\n/)
    .map(parseLine)
    .filter((rule) => rule !== null);
  return {
    // As in git, the last line that fits decides.
    isIgnored(path, isFolder) {
      const rule = rules.findLast(
        ({ pattern, foldersOnly }) => (isFolder || !foldersOnly) && pattern.test(path),
      );
      return rule !== undefined && !rule.keeps;
    },
  };
}

function parseLine(line: string): Rule | null {
  const trimmed = line.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return null;
  const keeps = trimmed.startsWith('!');
  const body = keeps ? trimmed.slice(1) : trimmed;
  const foldersOnly = body.endsWith('/');
  const glob = body.replace(/\/+$/, '');
  return glob === '' ? null : { pattern: toRegExp(glob), foldersOnly, keeps };
}

/** A pattern with a slash counts from the top; one without fits a name at any depth. */
function toRegExp(glob: string): RegExp {
  const anchored = glob.includes('/');
  const source = glob
    .replace(/^\//, '')
    .split('/')
    .map((segment) => (segment === '**' ? '**' : segmentSource(segment)))
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll('/**', '/.*')
    .replaceAll('**', '.*');
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`, 's');
}

function segmentSource(segment: string): string {
  return segment
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
}
