// Finds the folders of this installation's own packages. Only where they lie matters here: a step
// imports them in its own process, and this package must not import those of higher floors.
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nullIfMissing } from '../files/fs-errors.ts';

/**
 * The real folder of an installed package, or null: what `import` of it would find from `from`.
 * Real, because Node runs no TypeScript from a path that goes through a node_modules folder.
 */
export async function installedPackageFolder(
  name: string,
  from: string = import.meta.dirname,
): Promise<string | null> {
  const found = await nullIfMissing(realpath(join(from, 'node_modules', name)));
  if (found !== null) return found;
  const parent = dirname(from);
  return parent === from ? null : installedPackageFolder(name, parent);
}
