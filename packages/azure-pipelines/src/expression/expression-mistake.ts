// What is wrong with an expression: its text, or the values that it meets. Everything that parsing
// and evaluating throw is of this class.
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';

export class ExpressionMistake extends Error {
  readonly code: DiagnosticCode;
  /** Index into the text that was parsed; 0 where the thrower knows no better. */
  readonly offset: number;

  constructor(code: DiagnosticCode, offset: number, message: string) {
    super(message);
    this.name = 'ExpressionMistake';
    this.code = code;
    this.offset = offset;
  }
}
