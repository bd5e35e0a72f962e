// Collects what the passes find, up to a limit, and hands it back file by file, from top to bottom.

import type { Origin } from '../text/origin.ts';
import { type Diagnostic, formatPlace } from './diagnostic.ts';
import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.ts';

/** Past this many errors the file is something else than what it is taken for. Warnings past as
 * many are left out: they stop nobody. */
const maxOfEach = 100;

export class DiagnosticSink {
  readonly #errors: Diagnostic[] = [];
  readonly #warnings: Diagnostic[] = [];
  readonly #seen = new Set<string>();

  get hasErrors(): boolean {
    return this.#errors.length > 0;
  }

  /** Nothing more would be shown, so a pass over a hostile file can end here. */
  get isFull(): boolean {
    return this.#errors.length > maxOfEach;
  }

  /** A template that is included many times gives each of its findings once, with the first of the
   * ways to it. */
  report(code: DiagnosticCode, origin: Origin, message: string): void {
    const { severity } = diagnosticCodes[code];
    const found = severity === 'warning' ? this.#warnings : this.#errors;
    if (found.length > maxOfEach || (severity === 'warning' && found.length === maxOfEach)) return;
    const key = `${formatPlace(origin)} ${code} ${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (found.length < maxOfEach) found.push({ severity, code, message, origin });
    else found.push(tooMany(origin));
  }

  get diagnostics(): readonly Diagnostic[] {
    const all = [...this.#errors, ...this.#warnings];
    const files = [...new Set(all.map(({ origin }) => origin.file))];
    const ranks = new Map(files.map((file, rank) => [file, rank]));
    const rankOf = ({ origin }: Diagnostic) => ranks.get(origin.file) ?? 0;
    return all.sort((a, b) => rankOf(a) - rankOf(b) || comparePlaces(a.origin, b.origin));
  }
}

function tooMany(origin: Origin): Diagnostic {
  const message = `There are more than ${maxOfEach} mistakes. Correct these and run again to see the rest.`;
  return { severity: 'error', code: 'TOO_MANY_DIAGNOSTICS', message, origin };
}

function comparePlaces(a: Origin, b: Origin): number {
  return a.line - b.line || a.column - b.column;
}
