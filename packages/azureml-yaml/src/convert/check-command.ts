// Checks a command's expressions: that each names an input or output that is there, and stands
// where its value can be quoted.
import { placeExpressions } from '../command/shell-placement.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint } from '../diagnostic/did-you-mean.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import { expressionStart, expressionsIn } from '../expression/template.ts';
import { command } from '../schema/common-schemas.ts';
import { markerOffsets, type ScalarToken } from '../text/token.ts';
import { reportProblem } from './binding.ts';

export interface CommandScope {
  /** For messages: `step 'train'`, `the job`. */
  readonly owner: string;
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

export function checkCommand(
  token: ScalarToken & { value: string },
  scope: CommandScope,
  sink: DiagnosticSink,
): void {
  if (token.value.length > (command.maxLength ?? Number.POSITIVE_INFINITY)) return;
  // Inside an optional block the shell's rules would not hold, so only names are judged there.
  const hasOptionalBlock = reportOptionalBlock(token, sink);
  const offsetOf = markerOffsets(sink.source.text, token, expressionStart);
  for (const { expression, refusal } of placeExpressions(token.value, expressionsIn(token.value))) {
    if (sink.isFull) return;
    const offset = offsetOf(expression.start);
    if (expression.reference === null) {
      reportProblem(token, expression, offset, sink);
      continue;
    }
    checkName(expression.reference, offset, scope, sink);
    if (refusal !== null && !hasOptionalBlock) {
      const shown = formatReference(expression.reference);
      sink.report('COMMAND_EXPRESSION_UNSAFE', offset, `'${shown}' ${refusal}`);
    }
  }
}

function checkName(
  reference: Reference,
  offset: number,
  scope: CommandScope,
  sink: DiagnosticSink,
): void {
  const { kind, name } = reference;
  if (kind !== 'input' && kind !== 'output') {
    const port = kind === 'parentOutput' ? 'outputs' : 'inputs';
    const message = `${formatReference(reference)} cannot stand in a command; bind it under ${port} ('${name}: ${formatReference(reference)}') and write \${{${port}.${name}}}`;
    sink.report('EXPRESSION_NOT_ALLOWED', offset, message);
    return;
  }
  const names = kind === 'input' ? scope.inputs : scope.outputs;
  if (names.has(name)) return;
  const code = kind === 'input' ? 'INPUT_NOT_FOUND' : 'OUTPUT_NOT_FOUND';
  const advice = names.size === 0 ? `; declare it under ${kind}s` : hint(name, names);
  sink.report(code, offset, `${scope.owner} has no ${kind} '${name}'${advice}`);
}

/** `$[[ … ]]` leaves its content out when an optional input in it has no value. */
function reportOptionalBlock(
  token: ScalarToken & { value: string },
  sink: DiagnosticSink,
): boolean {
  const index = token.value.indexOf('$[[');
  if (index === -1) return false;
  const offset = markerOffsets(sink.source.text, token, '$[[')(index);
  const message =
    "'$[[ … ]]' (optional inputs) is not supported; give the input a default and write its argument always";
  sink.report('FEATURE_NOT_SUPPORTED', offset, message);
  return true;
}
