// Fills a command's expressions with values, each quoted for where it stands. It runs nothing.
import { hint } from '../diagnostic/did-you-mean.ts';
import { AzureMlYamlError } from '../errors.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import { expressionsIn, type TemplateExpression } from '../expression/template.ts';
import { resolveBlocks } from './optional-blocks.ts';
import { type Placement, placeExpressions } from './shell-placement.ts';
import { quoteForShell } from './shell-quote.ts';

export interface CommandValues {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** Of a sweep's trial. */
  readonly searchSpace?: ReadonlyMap<string, string>;
}

/** The command for `sh -c`, in which the shell sees each value exactly, whatever it holds. A block
 * `$[[ … ]]` with an input that has no value is left out.
 *
 * Throws `AzureMlYamlError`: COMMAND_VALUE_MISSING for a name without a value,
 * COMMAND_VALUE_INVALID for a value that no process can be given (a NUL or a lone surrogate),
 * COMMAND_EXPRESSION_UNSAFE where no quoting is safe, EXPRESSION_SYNTAX_ERROR and
 * EXPRESSION_NOT_ALLOWED; `parseJob` reports the last three before. */
export function renderCommand(template: string, values: CommandValues): string {
  const parts: string[] = [];
  let at = 0;
  const text = resolveBlocks(template, (input) => values.inputs.has(input));
  for (const placement of placeExpressions(text, expressionsIn(text))) {
    parts.push(text.slice(at, placement.expression.start), renderOne(placement, values));
    at = placement.expression.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function renderOne(placement: Placement, values: CommandValues): string {
  const reference = referenceOf(placement.expression);
  const shown = formatReference(reference);
  if (placement.refusal !== null) {
    throw new AzureMlYamlError('COMMAND_EXPRESSION_UNSAFE', `'${shown}' ${placement.refusal}`);
  }
  // A value with a line end would leave the comment, so the comment keeps the expression itself.
  if (placement.context === 'comment') return shown;
  return quoteForShell(givenValue(reference, values, shown), placement.context);
}

function referenceOf(expression: TemplateExpression): Reference {
  if (expression.reference !== null) return expression.reference;
  throw new AzureMlYamlError('EXPRESSION_SYNTAX_ERROR', expression.problem.message);
}

function givenValue(reference: Reference, values: CommandValues, shown: string): string {
  const given = valuesFor(reference, values);
  if (given === undefined) {
    const message = `'${shown}' cannot stand in a command; bind it under inputs or outputs first`;
    throw new AzureMlYamlError('EXPRESSION_NOT_ALLOWED', message);
  }
  const value = given.get(reference.name);
  if (value === undefined) {
    const message = `${wordFor(reference)} '${reference.name}' has no value${hint(reference.name, given.keys())}`;
    throw new AzureMlYamlError('COMMAND_VALUE_MISSING', message);
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    const message = `${wordFor(reference)} '${reference.name}' holds a character that no process can be given; remove NUL and broken characters`;
    throw new AzureMlYamlError('COMMAND_VALUE_INVALID', message);
  }
  return value;
}

function valuesFor(
  { kind }: Reference,
  { inputs, outputs, searchSpace }: CommandValues,
): ReadonlyMap<string, string> | undefined {
  if (kind === 'input') return inputs;
  if (kind === 'output') return outputs;
  return kind === 'searchSpace' ? searchSpace : undefined;
}

function wordFor({ kind }: Reference): string {
  return kind === 'searchSpace' ? 'search space value' : kind;
}
