// The one rule for paths that come from outside: relative, with `/` between the parts, and naming
// the same place on every system. Links on the disk are not its matter; the confined tree sees to them.

/** Longest path, in characters. */
export const maxPathLength = 1024;

// What ext4, APFS and NTFS allow for one part of a path.
const maxPartBytes = 255;

/** What is wrong with `path`, as the end of a sentence, or null where nothing is. */
export function relativePathProblem(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path.length > maxPathLength) return `it is longer than ${maxPathLength} characters`;
  if (!path.isWellFormed()) return 'it is not valid Unicode';
  if (hasControlCharacter(path)) return 'it holds a control character';
  if (path.includes('\\')) return 'it holds a backslash; write / between the parts';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  for (const part of path.split('/')) {
    const problem = partProblem(part);
    if (problem !== null) return problem;
  }
  return null;
}

function hasControlCharacter(path: string): boolean {
  for (let index = 0; index < path.length; index += 1) {
    const unit = path.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

function partProblem(part: string): string | null {
  if (part === '') return 'it has an empty part (// or a / at the end)';
  if (part === '.' || part === '..') return `it has a part '${part}'`;
  if (Buffer.byteLength(part) > maxPartBytes) return `a part is longer than ${maxPartBytes} bytes`;
  return null;
}
