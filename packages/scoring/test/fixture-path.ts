// Absolute paths of the files in testdata/.

import { fileURLToPath } from 'node:url';

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../testdata/${name}`, import.meta.url));
}
