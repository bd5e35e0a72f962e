// The packages of Ridgeline are on no registry yet: a new project uses those of this installation,
// by the path at which they stand.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packagesFolder = fileURLToPath(new URL('../../..', import.meta.url));
const scope = '@ridgeline/';

export async function linkPackages(packageFile: string): Promise<void> {
  const manifest = JSON.parse(await readFile(packageFile, 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies)) {
    if (!dependency.startsWith(scope)) continue;
    const folder = path.join(packagesFolder, dependency.slice(scope.length));
    if (!existsSync(folder)) throw new Error(`this installation has no package ${dependency}`);
    manifest.dependencies[dependency] = `file:${folder}`;
  }
  await writeFile(packageFile, `${JSON.stringify(manifest, null, 2)}\n`);
}
