// Checks a command's expressions: that each names an input or output that is there, and stands
// where its value can be quoted.
import { optionalBlocks, resolveBlocks } from '../command/optional-blocks.ts';
import { type Placement, placeExpressions } from '../command/shell-placement.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import { expressionStart, expressionsIn } from '../expression/template.ts';
import { command } from '../schema/common-schemas.ts';
import { markerOffsets, type ScalarToken } from '../text/token.ts';
import { reportProblem } from './binding.ts';
import { adviceOn } from './convert-input.ts';

type Names = ReadonlyMap<string, unknown>;

export interface CommandScope {
  /** For messages: `step 'train'`, `the job`. */
  readonly owner: string;
  readonly inputs: Names;
  /** The inputs that may have no value. */
  readonly optional: ReadonlySet<string>;
  readonly outputs: Names;
  /** Of a sweep's trial; null elsewhere. */
  readonly searchSpace: Names | null;
}

export function checkCommand(
  token: ScalarToken & { value: string },
  scope: CommandScope,
  sink: DiagnosticSink,
): void {
  if (token.value.length > (command.maxLength ?? Number.POSITIVE_INFINITY)) return;
  checkBlocks(token, sink);
  const offsetOf = markerOffsets(sink.source.text, token, expressionStart);
  const blocks = optionalBlocks(token.value);
  for (const placement of placed(token.value, scope.optional)) {
    if (sink.isFull) return;
    const { expression } = placement;
    const offset = offsetOf(expression.start);
    if (expression.reference === null) {
      reportProblem(token, expression, offset, sink);
      continue;
    }
    checkName(expression.reference, offset, scope, sink);
    const inBlock = blocks.some(
      ({ start, end }) => start <= expression.start && expression.start < end,
    );
    if (!inBlock) checkPresent(expression.reference, offset, scope, sink);
    if (placement.refusal !== null) {
      const shown = formatReference(expression.reference);
      sink.report('COMMAND_EXPRESSION_UNSAFE', offset, `'${shown}' ${placement.refusal}`);
    }
  }
}

/** Where each expression stands, with all blocks there. What stands outside of them must be safe
 * with them gone too: a block may hold half a pair of quotes. */
function placed(text: string, optional: ReadonlySet<string>): readonly Placement[] {
  const full = resolveBlocks(text, () => true);
  const all = placeExpressions(full, expressionsIn(full));
  if (full === text) return all;
  const bare = resolveBlocks(text, (input) => !optional.has(input));
  const without = placeExpressions(bare, expressionsIn(bare));
  const refused = new Map(
    without.filter(({ refusal }) => refusal !== null).map((one) => [one.expression.start, one]),
  );
  return all.map((one) => refused.get(one.expression.start) ?? one);
}

function checkBlocks(token: ScalarToken & { value: string }, sink: DiagnosticSink): void {
  const open = optionalBlocks(token.value).find(({ isClosed }) => !isClosed);
  if (open === undefined) return;
  const offset = markerOffsets(sink.source.text, token, '$[[')(open.start);
  sink.report('EXPRESSION_SYNTAX_ERROR', offset, "'$[[' is not closed; end it with ']]'");
}

function checkPresent(
  reference: Reference,
  offset: number,
  { optional }: CommandScope,
  sink: DiagnosticSink,
): void {
  if (reference.kind !== 'input' || !optional.has(reference.name)) return;
  const shown = formatReference(reference);
  const message = `input '${reference.name}' is optional, and may have no value here; write '$[[--${reference.name} ${shown}]]', or give it a default`;
  sink.report('INPUT_VALUE_MISSING', offset, message);
}

function checkName(
  reference: Reference,
  offset: number,
  scope: CommandScope,
  sink: DiagnosticSink,
): void {
  if (reference.kind === 'searchSpace' && scope.searchSpace !== null) {
    const advice = adviceOn(reference.name, scope.searchSpace, '; add it');
    if (scope.searchSpace.has(reference.name)) return;
    const message = `the search space has no '${reference.name}'${advice}`;
    sink.report('INPUT_NOT_FOUND', offset, message);
    return;
  }
  if (reference.kind !== 'input' && reference.kind !== 'output') {
    reportMisplaced(reference, offset, sink);
    return;
  }
  const { kind, name } = reference;
  const names = kind === 'input' ? scope.inputs : scope.outputs;
  if (names.has(name)) return;
  const code = kind === 'input' ? 'INPUT_NOT_FOUND' : 'OUTPUT_NOT_FOUND';
  const advice = adviceOn(name, names, `; declare it under ${kind}s`);
  sink.report(code, offset, `${scope.owner} has no ${kind} '${name}'${advice}`);
}

function reportMisplaced(
  reference: Exclude<Reference, { kind: 'input' | 'output' }>,
  offset: number,
  sink: DiagnosticSink,
): void {
  const shown = formatReference(reference);
  if (reference.kind === 'searchSpace' || reference.kind === 'step') {
    const place = reference.kind === 'step' ? 'a loop or a condition' : 'the trial of a sweep';
    const message = `${shown} can only stand in ${place}; write \${{inputs.NAME}} or \${{outputs.NAME}}`;
    sink.report('EXPRESSION_NOT_ALLOWED', offset, message);
    return;
  }
  const { kind, name } = reference;
  const port = kind === 'parentOutput' ? 'outputs' : 'inputs';
  const message = `${shown} cannot stand in a command; bind it under ${port} ('${name}: ${shown}') and write \${{${port}.${name}}}`;
  sink.report('EXPRESSION_NOT_ALLOWED', offset, message);
}
