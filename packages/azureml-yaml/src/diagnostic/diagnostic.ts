// One finding about a file, and how it reads on a line of its own.
import type { SourcePosition } from '../text/source.ts';
import type { DiagnosticCode, DiagnosticSeverity } from './diagnostic-codes.ts';

/** `line` and `column` count from 1; a column is one UTF-16 unit. */
export interface Diagnostic extends SourcePosition {
  readonly severity: DiagnosticSeverity;
  readonly code: DiagnosticCode;
  /** What is wrong, what was expected and what to do next; one sentence, no full stop. */
  readonly message: string;
}

/** `pipeline.yml:12:5: error KEY_UNKNOWN: …`, the shape that editors and CI logs link. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, message } = diagnostic;
  return `${file}:${line}:${column}: ${severity} ${code}: ${message}`;
}
