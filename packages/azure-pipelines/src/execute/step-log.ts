// A step's log: whole lines of a runner's own, and the masked output of processes cut into lines.

import type { MaskStream } from '../variable/mask-stream.ts';
import { maskUrlPasswords, type SecretMasker } from '../variable/secret-masker.ts';
import type { LogLine, LogLineKind } from './log-line.ts';

/** A line without an end is given out in pieces of this length. */
export const maxLineLength = 1024 * 1024;

export class StepLog {
  readonly #step: string;
  readonly #masker: SecretMasker;
  readonly #write: (line: LogLine) => void;

  constructor(step: string, masker: SecretMasker, write: (line: LogLine) => void) {
    this.#step = step;
    this.#masker = masker;
    this.#write = write;
  }

  /** Something that the runner says; several lines where the text has them. */
  say(kind: LogLineKind, text: string): void {
    const time = Date.now();
    for (const line of this.#masker.mask(text).split(/\r?\n/)) {
      this.#write({ step: this.#step, kind, text: line, time });
    }
  }

  /** A line of the step itself, which may begin with `##[kind]`. */
  print(line: string): void {
    const time = Date.now();
    for (const text of this.#masker.mask(line).split('\n')) this.#line(text, time);
  }

  /** For one of a process's streams. */
  output(): MaskedOutput {
    return new MaskedOutput(this.#masker.stream(), (line) =>
      this.#line(maskUrlPasswords(line), Date.now()),
    );
  }

  #line(text: string, time: number): void {
    const formatted = text.startsWith('##[') ? readFormat(text) : undefined;
    this.#write({ step: this.#step, kind: 'text', text, time, ...formatted });
  }
}

const format = /^##\[(group|endgroup|section|command|debug|warning|error)\](.*)$/is;

function readFormat(text: string): Pick<LogLine, 'kind' | 'text'> | undefined {
  const match = format.exec(text);
  if (match === null) return undefined;
  return { kind: match[1]?.toLowerCase() as LogLineKind, text: match[2] as string };
}

export class MaskedOutput {
  readonly #masks: MaskStream;
  readonly #line: (text: string) => void;
  #open = '';

  constructor(masks: MaskStream, line: (text: string) => void) {
    this.#masks = masks;
    this.#line = line;
  }

  /** Any part of the output; lines end with `\n`. */
  write(text: string): void {
    this.#cut(this.#masks.push(text));
  }

  end(): void {
    this.#cut(this.#masks.end());
    if (this.#open !== '') this.#line(this.#open);
    this.#open = '';
  }

  #cut(masked: string): void {
    const lines = masked.split('\n');
    lines[0] = this.#open + lines[0];
    this.#open = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
    if (this.#open.length <= maxLineLength) return;
    this.#line(this.#open);
    this.#open = '';
  }
}
