// Texts as files below a folder.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @param files by their place below the folder, its parts divided by `/` */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [place, text] of files) {
    const file = path.join(folder, ...place.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
