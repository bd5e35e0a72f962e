// Collects what the passes find, up to a limit, and hands it back in the order of the file.
import type { Source, SourcePosition } from '../text/source.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.ts';

/** Past this many errors the file is something else than what the reader takes it for. Warnings
 * past as many are left out: they stop nobody. */
const maxOfEach = 100;

export function diagnosticAt(
  position: SourcePosition,
  code: DiagnosticCode,
  message: string,
): Diagnostic {
  const { file, line, column } = position;
  return { severity: diagnosticCodes[code].severity, code, message, file, line, column };
}

export class DiagnosticSink {
  readonly source: Source;
  readonly #errors: Diagnostic[] = [];
  readonly #warnings: Diagnostic[] = [];
  /** Of the other files that this one names, in the order of their first mention. */
  readonly #others: DiagnosticSink[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  get hasErrors(): boolean {
    return this.#errors.length > 0 || this.#others.some((other) => other.hasErrors);
  }

  /** A sink for another file, whose findings come after this one's. */
  forFile(source: Source): DiagnosticSink {
    const other = new DiagnosticSink(source);
    this.#others.push(other);
    return other;
  }

  /** Nothing more would be shown, so a pass over a hostile file can end here. */
  get isFull(): boolean {
    return this.#errors.length > maxOfEach;
  }

  /** `offset`: index into the file's text; past its end it is taken as the end. */
  report(code: DiagnosticCode, offset: number, message: string): void {
    const isWarning = diagnosticCodes[code].severity === 'warning';
    const found = isWarning ? this.#warnings : this.#errors;
    if (found.length < maxOfEach) {
      found.push(diagnosticAt(this.source.positionAt(offset), code, message));
    } else if (found === this.#errors && found.length === maxOfEach) {
      const more = `more than ${maxOfEach} mistakes; correct these and run again to see the rest`;
      const position = this.source.positionAt(offset);
      found.push(diagnosticAt(position, 'TOO_MANY_DIAGNOSTICS', more));
    }
  }

  /** A value reached twice through an alias gives its findings once. */
  inFileOrder(): Diagnostic[] {
    const seen = new Map<string, Diagnostic>();
    for (const found of [...this.#errors, ...this.#warnings]) {
      const key = `${found.line}:${found.column}:${found.code}:${found.message}`;
      if (!seen.has(key)) seen.set(key, found);
    }
    const own = [...seen.values()].sort((a, b) => a.line - b.line || a.column - b.column);
    return [...own, ...this.#others.flatMap((other) => other.inFileOrder())];
  }
}
