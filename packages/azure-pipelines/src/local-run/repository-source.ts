// Where a local run takes templates and checkouts of other repositories from: folders that were
// named with an alias, and the folder of the pipeline itself as `self`.
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TemplateSource } from '../template/template-source.ts';
import { isInside } from './copy-working-tree.ts';
import { cannotRead } from './disk-error.ts';
import { git } from './git.ts';
import { LocalRunError } from './local-run-error.ts';

/** A larger file is no template, and not read for the sake of saying so. */
const maxBytes = 21 * 1024 * 1024;

export class FolderSource implements TemplateSource {
  readonly #folders: ReadonlyMap<string, string>;

  /** Alias → folder; `self` is the pipeline's own. */
  constructor(folders: ReadonlyMap<string, string>) {
    this.#folders = folders;
  }

  get aliases(): readonly string[] {
    return [...this.#folders.keys()];
  }

  folderOf(repository: string): string | undefined {
    return this.#folders.get(repository);
  }

  async read(repository: string, file: string): Promise<string | undefined> {
    const folder = this.#folders.get(repository);
    if (folder === undefined) return undefined;
    const whole = path.join(folder, file);
    try {
      // A link or `..` in a hostile template must not read what lies outside of its repository.
      const real = await realpath(whole);
      if (!isInside(real, await realpath(folder))) return undefined;
      const { size } = await stat(real);
      if (size > maxBytes) throw tooLarge(real);
      return await readFile(real, 'utf8');
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error instanceof LocalRunError ? error : cannotRead(whole, error);
    }
  }
}

function tooLarge(file: string): LocalRunError {
  return new LocalRunError(
    'FILE_NOT_READ',
    `${file} is larger than 21 MiB; split it into templates`,
  );
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  const isNoName = code === 'ERR_INVALID_ARG_VALUE' || code === 'ENAMETOOLONG';
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || isNoName;
}

/** A repository beside: a folder as it stands, or what git clones from there into `clones`. */
export async function folderOfRepository(place: string, clones: string): Promise<string> {
  const [address = '', ref] = splitRef(place);
  if (!isAddress(address)) return existingFolder(address);
  const into = path.join(clones, address.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(-100));
  await cloneOrFetch(address, into);
  await git(into, [
    'checkout',
    '--quiet',
    '--detach',
    ref === undefined ? 'origin/HEAD' : await commitOf(into, ref),
  ]);
  return into;
}

function isAddress(place: string): boolean {
  return /^[a-z+]+:\/\//i.test(place) || /^[\w.-]+@[\w.-]+:/.test(place) || place.endsWith('.git');
}

/** `address#ref`. */
function splitRef(place: string): readonly [string, string?] {
  const hash = place.lastIndexOf('#');
  return hash < 0 ? [place] : [place.slice(0, hash), place.slice(hash + 1)];
}

async function existingFolder(place: string): Promise<string> {
  const folder = path.resolve(place);
  if ((await stat(folder).catch(() => null))?.isDirectory() === true) return folder;
  throw new LocalRunError(
    'REPOSITORY_NOT_READ',
    `${place} is no folder; --repository takes alias=FOLDER or alias=GIT-ADDRESS, with #ref behind it if wanted`,
  );
}

async function cloneOrFetch(address: string, into: string): Promise<void> {
  const isThere = (await stat(path.join(into, '.git')).catch(() => null)) !== null;
  if (isThere) await git(into, ['fetch', '--quiet', '--tags', 'origin']);
  else await git('.', ['clone', '--quiet', '--no-checkout', '--', address, into]);
}

async function commitOf(folder: string, ref: string): Promise<string> {
  const short = ref.replace(/^refs\/heads\//, 'origin/').replace(/^refs\/tags\//, '');
  for (const name of [`origin/${ref}`, short, ref]) {
    try {
      return (
        await git(folder, [
          'rev-parse',
          '--verify',
          '--quiet',
          '--end-of-options',
          `${name}^{commit}`,
        ])
      ).trim();
    } catch {}
  }
  throw new LocalRunError('REPOSITORY_NOT_READ', `${folder} has no branch, tag or commit '${ref}'`);
}
