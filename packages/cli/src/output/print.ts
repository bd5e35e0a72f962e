// Results go to standard output, all else to standard error, so that a pipe carries results only.
import { writeSync } from 'node:fs';

export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line, so that a reader of lines has it whole. */
export function printJsonLine(value: unknown): void {
  printResult(JSON.stringify(value));
}

/** As JSON for programs, or as the text for people. */
export function printEither(json: boolean | undefined, value: unknown, text: () => string): void {
  printResult(json === true ? JSON.stringify(value, null, 2) : text());
}

/** Written at once: the process may be about to end. */
export function printNote(text: string): void {
  writeSync(2, `${text}\n`);
}
