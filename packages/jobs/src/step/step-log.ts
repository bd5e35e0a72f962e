// The log of a step: read from its place while the step runs, and from the artifacts afterwards.
import { open, stat } from 'node:fs/promises';

/** A part of a log: its bytes, and the offset at which the next part starts. */
export interface LogPart {
  readonly bytes: Buffer;
  readonly nextOffset: number;
}

const maxPartBytes = 1024 * 1024;

/** At most 1 MiB from `offset` on; empty past the end. Null where the file is not there. */
export async function readLogPart(file: string, offset: number): Promise<LogPart | null> {
  const handle = await openIfThere(file);
  if (handle === null) return null;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(maxPartBytes), {
      position: offset,
    });
    return { bytes: buffer.subarray(0, bytesRead), nextOffset: offset + bytesRead };
  } finally {
    await handle.close();
  }
}

/** The last lines of a log: at most 10 lines and 2,000 characters. */
export async function lastLogLines(file: string): Promise<string> {
  const size = await logSizeBytes(file);
  const part = await readLogPart(file, Math.max(0, size - 4_000));
  const lines = part?.bytes.toString('utf8').trimEnd().split('\n') ?? [];
  return lines.slice(-10).join('\n').slice(-2_000);
}

/** 0 where there is no log yet. */
export async function logSizeBytes(file: string): Promise<number> {
  return stat(file).then(
    (stats) => stats.size,
    () => 0,
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
