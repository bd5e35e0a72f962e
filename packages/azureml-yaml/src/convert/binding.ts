// An expression that is the whole value of a step's input or output.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import {
  expressionStart,
  expressionsIn,
  type TemplateExpression,
  wholeExpression,
} from '../expression/template.ts';
import { markerOffsets, type ScalarToken, type Token } from '../text/token.ts';
import { isString } from './read-token.ts';

export interface Binding<R extends Reference = Reference> {
  readonly reference: R;
  /** Index of its `$` in the file. */
  readonly offset: number;
}

/** Whether the value is meant as a binding, right or wrong. */
export function holdsExpression(token: Token | null): token is ScalarToken & { value: string } {
  return token !== null && isString(token) && token.value.includes(expressionStart);
}

/** The binding, or null when it is not one that may stand here; the reason is reported.
 * `shapes`: the allowed references, for the message. */
export function readBinding<K extends Reference['kind']>(
  token: ScalarToken & { value: string },
  kinds: readonly K[],
  shapes: string,
  sink: DiagnosticSink,
): Binding<Extract<Reference, { kind: K }>> | null {
  const [first] = expressionsIn(token.value);
  if (first === undefined) return null;
  const offset = markerOffsets(sink.source.text, token, expressionStart)(first.start);
  if (first.reference === null) {
    reportProblem(token, first, offset, sink);
    return null;
  }
  if (wholeExpression(token.value) === null) {
    const message = `an expression must be the whole value here, not part of a text; write ${formatReference(first.reference)} alone and build the text in the command`;
    sink.report('FEATURE_NOT_SUPPORTED', offset, message);
    return null;
  }
  const { reference } = first;
  if (isOneOf(reference, kinds)) return { reference, offset };
  const message = `${formatReference(reference)} cannot stand here; write ${shapes}`;
  sink.report('EXPRESSION_NOT_ALLOWED', offset, message);
  return null;
}

function isOneOf<K extends Reference['kind']>(
  reference: Reference,
  kinds: readonly K[],
): reference is Extract<Reference, { kind: K }> {
  return kinds.some((kind) => kind === reference.kind);
}

/** `offset`: index of the expression's `$` in the file. */
export function reportProblem(
  token: ScalarToken,
  { problem, start }: TemplateExpression,
  offset: number,
  sink: DiagnosticSink,
): void {
  if (problem === null) return;
  sink.report(problem.code, Math.min(offset + problem.at - start, token.end), problem.message);
}
