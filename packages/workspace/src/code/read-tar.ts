// Reads the entries of an uncompressed tar archive in order, as they arrive. It says what stands in
// the archive, and refuses one that is damaged or cut off; which entries are welcome, its caller says.
import { Parser, type ReadEntry } from 'tar';
import { RidgelineError } from '../errors.ts';
import type { ByteSource } from '../files/durable-files.ts';
import { codeTooLarge } from './code-limits.ts';

// Extended headers hold little more than a path.
const maxMetaEntrySize = 64 * 1024;
const gzipFirstByte = 0x1f;

export interface ReadTarOptions {
  readonly maxArchiveBytes: number;
  /** Called for one entry after the other; must read the entry's content, or call `resume`. */
  readonly visit: (entry: ReadEntry) => Promise<void>;
}

/**
 * Resolves when the end mark was read and every visit has ended. It fails as soon as something is
 * wrong, even while the source says nothing more, and then no visit is under way any longer.
 * @throws RidgelineError CODE_ARCHIVE_INVALID, CODE_TOO_LARGE, and what `source` or `visit` throws
 */
export async function readTar(source: ByteSource, options: ReadTarOptions): Promise<void> {
  const reader = new TarReader(options);
  const chunks = chunksOf(source);
  try {
    let next = await reader.unlessFailed(chunks.next());
    while (!next.done) {
      await reader.unlessFailed(reader.write(next.value));
      next = await reader.unlessFailed(chunks.next());
    }
    await reader.unlessFailed(reader.end());
  } catch (error) {
    reader.fail(error);
    // Not awaited, for it waits until a source that is silent says something.
    chunks.return(undefined).catch(() => {});
    throw error;
  } finally {
    // In failure too: a visit still under way would write where its caller is cleaning up.
    await reader.visited.catch(() => {});
  }
}

export function invalidArchive(problem: string, cause?: unknown): RidgelineError {
  const message = `the code archive cannot be used: ${problem}; send an uncompressed tar of files and folders`;
  return new RidgelineError('CODE_ARCHIVE_INVALID', message, { cause });
}

class TarReader {
  readonly #options: ReadTarOptions;
  readonly #parser: Parser;
  readonly #failure = Promise.withResolvers<never>();
  #hasFailed = false;
  #receivedBytes = 0;
  #sawEnd = false;
  #current: ReadEntry | undefined;
  /** Settles when the visits that were begun have ended. */
  visited: Promise<void> = Promise.resolve();

  constructor(options: ReadTarOptions) {
    this.#options = options;
    this.#failure.promise.catch(() => {});
    this.#parser = new Parser({ strict: true, brotli: false, zstd: false, maxMetaEntrySize });
    this.#parser.on('entry', (entry) => this.#visit(entry));
    this.#parser.on('eof', () => {
      this.#sawEnd = true;
    });
    this.#parser.on('ignoredEntry', (entry) => {
      this.fail(invalidArchive(`entry '${entry.path}' is of the kind ${entry.type}`));
    });
    this.#parser.on('error', (error) => this.fail(invalidArchive(error.message, error)));
  }

  /** Rejects as soon as the reading has failed, whatever becomes of `work`. */
  unlessFailed<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#failure.promise, work]);
  }

  async write(chunk: Uint8Array): Promise<void> {
    const { maxArchiveBytes } = this.#options;
    if (this.#receivedBytes === 0 && chunk[0] === gzipFirstByte) {
      throw invalidArchive('it is compressed');
    }
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > maxArchiveBytes) {
      throw codeTooLarge(`its archive is larger than ${maxArchiveBytes} bytes`);
    }
    // After the end mark come zeros at most; the parser would pile them up in memory.
    if (this.#sawEnd) return;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.#parser.write(bytes)) await this.#next('drain');
  }

  async end(): Promise<void> {
    const ended = this.#next('end');
    this.#parser.end();
    await ended;
    // An upload that was cut between two entries looks whole but for this.
    if (!this.#sawEnd) throw invalidArchive('it ends without the end mark of a tar');
    await this.visited;
  }

  fail(error: unknown): void {
    this.#hasFailed = true;
    this.#failure.reject(error);
    // Lets a visit that waits for the rest of its entry come to an end.
    this.#current?.end();
  }

  #next(event: 'drain' | 'end'): Promise<void> {
    return new Promise((resolve) => this.#parser.once(event, () => resolve()));
  }

  #visit(entry: ReadEntry): void {
    if (this.#hasFailed) {
      entry.resume();
      return;
    }
    this.#current = entry;
    this.visited = this.visited.then(() => this.#options.visit(entry));
    this.visited.catch((error) => this.fail(error));
  }
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source;
  else yield* source;
}
