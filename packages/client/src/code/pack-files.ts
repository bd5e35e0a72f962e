// Packs files as a tar stream. The same files give the same bytes: owner, times and order are
// left out or fixed.

import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { create } from 'tar';

/** @param files relative to the folder, divided by `/`. */
export function packFiles(folder: string, files: readonly string[]): ReadableStream<Uint8Array> {
  const pack = create(
    { cwd: folder, portable: true, noMtime: true, noDirRecurse: true, noPax: false },
    // The `./` keeps tar from reading a name that starts with `@` as an archive to take in.
    files.map((file) => `./${file}`),
  );
  const web: NodeReadableStream = Readable.toWeb(Readable.from(pack));
  // The global and the node:stream/web declarations describe the same class.
  return web as ReadableStream<Uint8Array>;
}
