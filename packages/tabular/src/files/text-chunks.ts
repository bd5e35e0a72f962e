// Reads a file as UTF-8 text, piece by piece. A byte order mark is dropped; what is not UTF-8
// text is refused here, so that no parser above has to.

import { open } from 'node:fs/promises';
import { TabularError } from '../errors.ts';
import { type DataFile, fileError } from './data-file.ts';

const chunkBytes = 256 * 1024;

/**
 * The text of the file in order, in pieces of up to 256 KiB.
 * @throws DATA_FORMAT_INVALID with a line number for a NUL byte or bytes that are not UTF-8.
 */
export async function* readTextChunks(file: DataFile): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const bytes of readByteChunks(file)) {
    const text = decode(decoder, bytes, file, line);
    const nul = text.indexOf('\0');
    if (nul !== -1) {
      throw notText(file, line + countLineFeeds(text.slice(0, nul)), 'a NUL byte');
    }
    line += countLineFeeds(text);
    if (text !== '') yield text;
  }
  decode(decoder, undefined, file, line);
}

async function* readByteChunks(file: DataFile): AsyncGenerator<Uint8Array> {
  const handle = await open(file.absolutePath).catch((cause) => {
    throw fileError(file.path, cause);
  });
  try {
    const buffer = new Uint8Array(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes).catch((cause) => {
        throw fileError(file.path, cause);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Without `bytes`: the end, where a character that was cut off shows. */
function decode(
  decoder: TextDecoder,
  bytes: Uint8Array | undefined,
  file: DataFile,
  line: number,
): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    // Decoding once more, leniently, shows where in this piece the first bad byte stands.
    const lenient = new TextDecoder('utf-8').decode(bytes);
    const before = lenient.slice(0, Math.max(0, lenient.indexOf('\uFFFD')));
    throw notText(file, line + countLineFeeds(before), 'bytes that are not UTF-8');
  }
}

function notText({ path }: DataFile, line: number, what: string): TabularError {
  const message = `'${path}' has ${what} near line ${line}; expected text saved as UTF-8`;
  return new TabularError('DATA_FORMAT_INVALID', message);
}

export function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
