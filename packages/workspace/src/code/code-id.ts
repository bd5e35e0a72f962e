// The id of a code snapshot: what is in it, and nothing else. Times, owners and the order in which
// files were packed do not change it.
import { createHash } from 'node:crypto';
import type { CodeFile } from './unpack-code.ts';

/** 64 hexadecimal digits: SHA-256 over one line a file, sorted by path: path, executable, digest. */
export function codeId(files: readonly Omit<CodeFile, 'sizeBytes'>[]): string {
  const hash = createHash('sha256');
  for (const { path, executable, sha256 } of files.toSorted(byPath)) {
    // JSON keeps the parts of a line apart, whatever a path holds.
    hash.update(`${JSON.stringify([path, executable, sha256])}\n`);
  }
  return hash.digest('hex');
}

// By code units: the same order under every locale.
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
