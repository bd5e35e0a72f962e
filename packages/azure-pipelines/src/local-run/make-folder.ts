// Makes a folder with those above it. Not by mkdir's own `recursive`, which never ends below /proc.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from './disk-error.ts';

export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const parent = path.dirname(folder);
    if (codeOf(error) === 'ENOENT' && parent !== folder && !isFolder(parent)) {
      makeFolder(parent);
      makeFolder(folder);
    } else if (codeOf(error) !== 'EEXIST' || !isFolder(folder)) throw error;
  }
}

/** @throws what keeps the place from being looked at */
function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
