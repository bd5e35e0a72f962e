// Reads one output stream of a process: bytes to text to lines, the commands among the lines to
// whoever obeys them, all else to the log.

import { StringDecoder } from 'node:string_decoder';
import { type MaskedOutput, maxLineLength } from './step-log.ts';

/** Obeys the command in a line; false when there is none. */
export type LineCommands = (line: string) => boolean;

export class OutputReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #output: MaskedOutput;
  readonly #obey: LineCommands;
  #rest = '';

  constructor(output: MaskedOutput, obey: LineCommands) {
    this.#output = output;
    this.#obey = obey;
  }

  push(chunk: Buffer): void {
    const text = this.#rest + this.#decoder.write(chunk);
    const end = lastBreak(text) + 1;
    this.#rest = text.slice(end);
    if (end > 0) this.#lines(text.slice(0, end));
    if (this.#rest.length <= maxLineLength) return;
    this.#output.write(this.#rest);
    this.#rest = '';
  }

  end(): void {
    const rest = this.#rest + this.#decoder.end();
    if (rest !== '') this.#lines(`${rest}\n`);
    this.#output.end();
  }

  /** Most output has no commands in it, and goes on as it is. */
  #lines(text: string): void {
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    if (!lines.includes('##vso[')) this.#output.write(lines);
    else for (const line of lines.slice(0, -1).split('\n')) this.#one(line);
  }

  #one(line: string): void {
    if (!this.#obey(line)) this.#output.write(`${line}\n`);
  }
}

/** Progress bars end their lines with `\r` alone; one at the very end may be half of `\r\n`. */
function lastBreak(text: string): number {
  const decided = text.endsWith('\r') ? text.slice(0, -1) : text;
  return Math.max(decided.lastIndexOf('\n'), decided.lastIndexOf('\r'));
}
