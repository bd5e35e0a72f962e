// The log of one deployment: what its scoring processes write, kept to two files of a set size.
// Does not interpret the lines.

import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';

const newline = 10;

/** Appends to `path`; past `maxBytes` the file becomes `path.1`, and a new one begins. */
export class InstanceLog extends Writable {
  readonly #path: string;
  readonly #maxBytes: number;
  #file: FileHandle | null = null;
  #sizeBytes = 0;

  constructor(path: string, maxBytes: number) {
    super();
    this.#path = path;
    this.#maxBytes = maxBytes;
    // A process that an instance left behind may write after the close; that is dropped as well.
    this.on('error', () => {});
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // Output that cannot be kept (a full disk) is dropped: an error here would stop reading the
    // process's pipe, and a process that cannot write its log would hang in the middle of scoring.
    this.#append(chunk).then(done, () => done());
  }

  override _final(done: () => void): void {
    const closing = this.#file?.close() ?? Promise.resolve();
    closing.then(done, () => done());
  }

  /** Resolves when all that was written before is in the file. */
  async flush(): Promise<void> {
    if (this.writable) await new Promise<void>((resolve) => this.write('', () => resolve()));
  }

  /** Writes what is left and closes the file; what comes later is dropped. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.end(() => resolve()));
  }

  async #append(chunk: Buffer): Promise<void> {
    if (this.#file && this.#sizeBytes + chunk.length > this.#maxBytes) await this.#rotate();
    this.#file ??= await this.#open();
    await this.#file.write(chunk);
    this.#sizeBytes += chunk.length;
  }

  async #open(): Promise<FileHandle> {
    await mkdir(dirname(this.#path), { recursive: true });
    const file = await open(this.#path, 'a', 0o600);
    this.#sizeBytes = (await file.stat()).size;
    return file;
  }

  async #rotate(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
    await rename(this.#path, previousPath(this.#path));
  }
}

/** The last whole lines of the log, at most `maxBytes` (UTF-8); empty when there is no log. */
export async function readLogTail(path: string, maxBytes: number): Promise<string> {
  const current = await readTail(path, maxBytes);
  const before = await readTail(previousPath(path), maxBytes - current.length);
  return wholeLines(Buffer.concat([before, current]), maxBytes);
}

async function readTail(path: string, maxBytes: number): Promise<Buffer> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0 || maxBytes <= 0) return Buffer.alloc(0);
  const file = await open(path, 'r');
  try {
    const length = Math.min(size, maxBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function wholeLines(bytes: Buffer, maxBytes: number): string {
  // A full buffer probably begins in the middle of a line, and perhaps of a character.
  const start = bytes.length < maxBytes ? 0 : bytes.indexOf(newline) + 1;
  return bytes.toString('utf8', start);
}

function previousPath(path: string): string {
  return `${path}.1`;
}
