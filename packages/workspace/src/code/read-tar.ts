// Reads the entries of an uncompressed tar archive in order, as they arrive. It says what stands in
// the archive, and refuses one that is damaged or cut off; which entries are welcome, its caller says.
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
 * Resolves when the end mark was read and every visit has ended. When it fails, the source is destroyed.
 * @throws RidgelineError CODE_ARCHIVE_INVALID, CODE_TOO_LARGE, and what `visit` throws
 */
export async function readTar(source: ByteSource, options: ReadTarOptions): Promise<void> {
  const bytes = source instanceof Uint8Array ? [source] : source;
  const sink = new TarSink(options);
  try {
    await pipeline(Readable.from(bytes, { objectMode: false }), sink);
  } finally {
    // In failure too: a visit still under way would write where its caller is cleaning up.
    await sink.visited.catch(() => {});
  }
  await sink.visited;
}

export function invalidArchive(problem: string, cause?: unknown): RidgelineError {
  const message = `the code archive cannot be used: ${problem}; send an uncompressed tar of files and folders`;
  return new RidgelineError('CODE_ARCHIVE_INVALID', message, { cause });
}

class TarSink extends Writable {
  readonly #options: ReadTarOptions;
  readonly #parser: Parser;
  #receivedBytes = 0;
  #sawEnd = false;
  #current: ReadEntry | undefined;
  /** Settles when the visits that were begun have ended. */
  visited: Promise<void> = Promise.resolve();

  constructor(options: ReadTarOptions) {
    super();
    this.#options = options;
    this.#parser = new Parser({ strict: true, brotli: false, zstd: false, maxMetaEntrySize });
    this.#parser.on('entry', (entry) => this.#visit(entry));
    this.#parser.on('eof', () => {
      this.#sawEnd = true;
    });
    this.#parser.on('ignoredEntry', (entry) => {
      this.destroy(invalidArchive(`entry '${entry.path}' is of the kind ${entry.type}`));
    });
    this.#parser.on('error', (error) => this.destroy(invalidArchive(error.message, error)));
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    const problem = this.#problemOf(chunk);
    if (problem !== null) done(problem);
    // After the end mark come zeros at most; the parser would pile them up in memory.
    else if (this.#sawEnd || this.#parser.write(chunk)) done();
    else this.#parser.once('drain', () => done());
  }

  override _final(done: (error?: Error) => void): void {
    this.#parser.once('end', () => {
      // An upload that was cut between two entries looks whole but for this.
      done(this.#sawEnd ? undefined : invalidArchive('it ends without the end mark of a tar'));
    });
    this.#parser.end();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Lets a visit that waits for the rest of its entry come to an end.
    this.#current?.end();
    done(error);
  }

  #problemOf(chunk: Buffer): RidgelineError | null {
    const { maxArchiveBytes } = this.#options;
    if (this.#receivedBytes === 0 && chunk[0] === gzipFirstByte) {
      return invalidArchive('it is compressed');
    }
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes <= maxArchiveBytes) return null;
    return codeTooLarge(`its archive is larger than ${maxArchiveBytes} bytes`);
  }

  #visit(entry: ReadEntry): void {
    if (this.destroyed) {
      entry.resume();
      return;
    }
    this.#current = entry;
    this.visited = this.visited.then(() => this.#options.visit(entry));
    this.visited.catch((error: Error) => this.destroy(error));
  }
}
