// The log of a step: read from its place while the step runs, and from the artifacts afterwards.
import { lstat, open } from 'node:fs/promises';

/** A part of a log: its bytes, and the offset at which the next part starts. */
export interface LogPart {
  readonly bytes: Buffer;
  readonly nextOffset: number;
}

const maxPartBytes = 1024 * 1024;

/** At most 1 MiB from `offset` on; empty past the end. Null where the file is not there. */
export async function readLogPart(file: string, offset: number): Promise<LogPart | null> {
  if ((await logSizeBytes(file)) === null) return null;
  await using handle = await openIfThere(file);
  if (handle === null) return null;
  const buffer = Buffer.alloc(maxPartBytes);
  const { bytesRead } = await handle.read(buffer, { position: offset });
  return { bytes: buffer.subarray(0, bytesRead), nextOffset: offset + bytesRead };
}

/** The last lines of a log: at most 10 lines and 2,000 characters, without the line end. */
export async function lastLogLines(file: string): Promise<string> {
  const size = (await logSizeBytes(file)) ?? 0;
  const part = await readLogPart(file, Math.max(0, size - 4_000));
  // A database may take neither NUL nor half a character.
  const text = part?.bytes.toString('utf8').replaceAll('\0', '').trimEnd() ?? '';
  return text.split('\n').slice(-10).join('\n').slice(-2_000).toWellFormed();
}

/** Null where there is no log: none yet, or a step has put something else in its place, such as a link. */
export async function logSizeBytes(file: string): Promise<number | null> {
  return lstat(file).then(
    (stats) => (stats.isFile() ? stats.size : null),
    () => null,
  );
}

async function openIfThere(file: string) {
  try {
    return await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
