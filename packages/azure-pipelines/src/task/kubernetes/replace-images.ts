// A copy of a manifest in which images carry the tags that a step gives, as `containers` says.

import { readFile } from 'node:fs/promises';
import { writeScript } from '../script/script-file.ts';
import type { TaskContext } from '../task.ts';

export async function withImages(
  context: TaskContext,
  file: string,
  images: readonly string[],
): Promise<string> {
  const wanted = images.map((image) => image.trim()).filter((image) => image !== '');
  if (wanted.length === 0) return file;
  return writeScript(context, 'yaml', replaceImages(await readFile(file, 'utf8'), wanted));
}

/** By lines, so that comments and everything that is no image stays as it was. */
export function replaceImages(manifest: string, images: readonly string[]): string {
  const byName = new Map(images.map((image) => [nameOf(image), image]));
  return manifest.replace(
    /^(\s*(?:-\s*)?image:\s*)(["']?)([^\s"'#]+)\2/gm,
    (all, start, quote, image) => {
      const wanted = byName.get(nameOf(image));
      return wanted === undefined ? all : `${start}${quote}${wanted}${quote}`;
    },
  );
}

/** Without tag and digest; a colon before a slash is a port's. */
function nameOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}
