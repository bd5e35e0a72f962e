// How a template is named: `path`, `/path`, `path@alias`, and what file that means from another one.

export const selfRepository = 'self';

export interface TemplatePath {
  /** `self` or an alias. */
  readonly repository: string;
  /** From the root of the repository, without a `/` in front. */
  readonly path: string;
}

/** A path stays in the repository of the file that names it, unless it names another, and is relative
 * to the folder of that file, unless it begins with `/` or goes to another repository. Undefined where
 * it leaves the repository or names no file. */
export function resolveTemplate(reference: string, from: TemplatePath): TemplatePath | undefined {
  const at = reference.indexOf('@');
  const named = (at === -1 ? reference : reference.slice(0, at)).replaceAll('\\', '/');
  const repository = at === -1 ? from.repository : aliasOf(reference.slice(at + 1), from);
  const isFromRoot = repository !== from.repository || named.startsWith('/');
  const path = normalise(isFromRoot ? named : `${folderOf(from.path)}${named}`);
  return path === undefined ? undefined : { repository, path };
}

/** In any case; nothing behind the `@` is the main repository. */
function aliasOf(written: string, { repository }: TemplatePath): string {
  const alias = written.toLowerCase();
  if (alias === '' || alias === selfRepository) return selfRepository;
  return alias === repository.toLowerCase() ? repository : written;
}

/** The way an origin names a file. */
export function nameOf({ repository, path }: TemplatePath): string {
  return repository === selfRepository ? path : `${path}@${repository}`;
}

export function normalise(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  const isFile = parts.length > 0 && !/(?:^|\/)\.{0,2}$|\0/.test(path);
  return isFile ? parts.join('/') : undefined;
}

/** With its `/` behind it, or nothing at the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
