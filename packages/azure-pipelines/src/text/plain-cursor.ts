// Where a reader of plain YAML stands in the lines of its file.

import { NotPlain } from './not-plain.ts';
import type { Origin } from './origin.ts';
import type { PlainLine } from './plain-lines.ts';

export class PlainCursor {
  readonly #lines: readonly PlainLine[];
  readonly #file: string;
  /** Index of the line that is read next. */
  at = 0;

  constructor(lines: readonly PlainLine[], file: string) {
    this.#lines = lines;
    this.#file = file;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#lines.length;
  }

  /** The next line that holds something, and goes there. */
  next(): PlainLine | undefined {
    while (this.#lines[this.at]?.isBlank === true) this.at += 1;
    return this.#lines[this.at];
  }

  /** Throws NotPlain behind the last. */
  line(): PlainLine {
    const line = this.#lines[this.at];
    if (line === undefined) throw new NotPlain();
    return line;
  }

  origin(column: number): Origin {
    return { file: this.#file, line: this.at + 1, column: column + 1 };
  }
}
