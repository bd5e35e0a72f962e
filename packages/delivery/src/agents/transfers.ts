// Files on their way between an agent and the server, in a folder of the job's own: what comes in is
// used when it is whole, what goes out is there as long as it takes. No path leaves the folder.
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { plainFile, TaskFailure } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../errors.ts';

export const transferLimits = {
  /** Of one transfer. */
  files: 100_000,
  bytes: 64 * 1024 ** 3,
  pathLength: 2_000,
} as const;

interface Tally {
  files: number;
  bytes: number;
}

export class Transfers {
  readonly #root: string;
  readonly #tallies = new Map<string, Tally>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Where what an agent sends comes to lie; made if it is not there: it may send no file at all. */
  async incoming(id: string): Promise<string> {
    const folder = this.#folderOf('in', id);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Where what it is to get is put: an empty folder, that of an earlier try aside. */
  async outgoing(id: string): Promise<string> {
    const folder = this.#folderOf('out', id);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** The file is there whole, in the place of an earlier one, or not at all. */
  async write(
    id: string,
    file: string,
    content: AsyncIterable<Uint8Array>,
    isExecutable: boolean,
  ): Promise<void> {
    const whole = path.join(await this.incoming(id), checkedPath(file));
    const tally = this.#tallyOf(id);
    if (tally.files >= transferLimits.files) throw tooLarge('files', transferLimits.files);
    const beside = path.join(this.#root, `part-${randomUUID()}`);
    try {
      await pipeline(content, metered(tally), createWriteStream(beside));
      if (isExecutable) await chmod(beside, 0o755);
      const folder = mkdir(path.dirname(whole), { recursive: true });
      await folder.then(() => rename(beside, whole)).catch(refuseOtherShape(file));
      tally.files += 1;
    } finally {
      await rm(beside, { force: true });
    }
  }

  /** @throws DeliveryError AGENT_FILE_NOT_FOUND */
  async read(
    id: string,
    file: string,
  ): Promise<{ readonly sizeBytes: number; readonly stream: Readable }> {
    const folder = this.#folderOf('out', id);
    const { sizeBytes } = await plainFile(folder, checkedPath(file)).catch(notThere(file));
    return { sizeBytes, stream: createReadStream(path.join(folder, file)) };
  }

  /** What it has held is gone; twice is as once. */
  async end(id: string): Promise<void> {
    this.#tallies.delete(id);
    for (const way of ['in', 'out'] as const)
      await rm(this.#folderOf(way, id), { recursive: true, force: true });
  }

  async endAll(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  /** `id` is a UUID of the agent's choice: it is the name of a folder, and no way out of one. */
  #folderOf(way: 'in' | 'out', id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw invalid(id, 'the id of a transfer is a UUID');
    return path.join(this.#root, way, id);
  }

  #tallyOf(id: string): Tally {
    const known = this.#tallies.get(id) ?? { files: 0, bytes: 0 };
    this.#tallies.set(id, known);
    return known;
  }
}

function metered(tally: Tally) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      tally.bytes += chunk.length;
      if (tally.bytes > transferLimits.bytes) throw tooLarge('bytes', transferLimits.bytes);
      yield chunk;
    }
  };
}

function checkedPath(file: string): string {
  const parts = file.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  const isShort = file.length <= transferLimits.pathLength;
  if (isPlain && isShort && !/[\0\\]/.test(file)) return file;
  throw invalid(file, 'give a relative path with / between its parts, none of them . or ..');
}

function invalid(file: string, what: string): DeliveryError {
  const message = `the path ${JSON.stringify(file.slice(0, 200))} cannot be used: ${what}`;
  return new DeliveryError('AGENT_TRANSFER_INVALID', message);
}

function refuseOtherShape(file: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const codes = ['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'];
    if (codes.includes(error.code ?? ''))
      throw invalid(file, 'a file and a folder cannot have one name');
    throw error;
  };
}

function notThere(file: string): (error: unknown) => never {
  return (error) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing && !(error instanceof TaskFailure)) throw error;
    throw new DeliveryError('AGENT_FILE_NOT_FOUND', `the transfer has no file '${file}'`);
  };
}

function tooLarge(what: string, limit: number): DeliveryError {
  const message = `one transfer holds at most ${limit} ${what}; publish less at once`;
  return new DeliveryError('AGENT_TRANSFER_TOO_LARGE', message);
}
