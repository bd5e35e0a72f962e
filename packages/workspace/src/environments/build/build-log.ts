// The log of how an environment was made: kept in a file up to a size, its last lines at hand.

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

const maxLogBytes = 10 * 1024 * 1024;
const tailLines = 15;

export class BuildLog {
  readonly #file: WriteStream;
  readonly #report: (text: string) => void;
  readonly #tail: string[] = [];
  #sizeBytes = 0;

  constructor(file: string, report: (text: string) => void) {
    this.#file = createWriteStream(file, { flags: 'a' });
    // A log that cannot be written is no reason to make no environment.
    this.#file.on('error', () => {});
    this.#report = report;
  }

  readonly add = (line: string): void => {
    const text = withoutCredentials(line);
    this.#tail.push(text);
    if (this.#tail.length > tailLines) this.#tail.shift();
    const bytes = Buffer.from(`${text}\n`);
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes > maxLogBytes) return;
    this.#file.write(bytes);
    this.#report(text);
  };

  get tail(): string {
    return this.#tail.join('\n');
  }

  async close(): Promise<void> {
    this.#file.end();
    if (!this.#file.closed) await once(this.#file, 'close').catch(() => {});
  }
}

/** An address in pip's configuration may hold a password, which pip itself mostly hides. */
function withoutCredentials(line: string): string {
  return line.replaceAll(/\/\/[^/\s@]+@/g, '//****@');
}
