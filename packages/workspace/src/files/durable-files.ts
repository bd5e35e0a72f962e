// Writing that survives a power cut: bytes are synced before the rename that shows them, and the
// folder that holds the new name is synced after it.
import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A node:stream Readable is one, too. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>;

export interface WrittenFile {
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface WriteNewFileOptions {
  /** Permissions, before the umask. Default 0o666. */
  readonly mode?: number;
  /** Default true. False where a whole folder is synced afterwards. */
  readonly sync?: boolean;
}

/**
 * Writes a file that is not there yet. A source that fails makes this fail with the same error, and
 * leaves a part of the file behind: write to a staging path, never to the final one.
 */
export async function writeNewFile(
  path: string,
  content: ByteSource,
  { mode = 0o666, sync = true }: WriteNewFileOptions = {},
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      yield chunk;
    }
  }
  await using handle = await open(path, 'wx', mode);
  await handle.writeFile(measured());
  if (sync) await handle.sync();
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Renames `source`, whose content is synced already, to `target`, making the folders above it. */
export async function moveIntoPlace(
  source: string,
  target: string,
  renameEntry: typeof rename = rename,
): Promise<void> {
  const parent = dirname(target);
  const firstMade = await mkdir(parent, { recursive: true });
  await renameEntry(source, target);
  await syncPath(parent);
  if (firstMade !== undefined) await syncUpwards(parent, dirname(firstMade));
}

/** Makes sure that what a file or folder holds is on the disk. */
export async function syncPath(path: string): Promise<void> {
  // Windows opens no folder as a file, and syncs a rename with the file itself.
  if (process.platform === 'win32') return;
  await using handle = await open(path, 'r');
  await handle.sync();
}

async function syncUpwards(from: string, upTo: string): Promise<void> {
  for (let folder = from; folder !== upTo && folder !== dirname(folder); ) {
    folder = dirname(folder);
    await syncPath(folder);
  }
}
