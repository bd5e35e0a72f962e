// Fills a command's expressions with values, each quoted for where it stands. It runs nothing.
import { hint } from '../diagnostic/did-you-mean.ts';
import { AzureMlYamlError } from '../errors.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import { expressionsIn, type TemplateExpression } from '../expression/template.ts';
import { type Placement, placeExpressions } from './shell-placement.ts';
import { quoteForShell } from './shell-quote.ts';

export interface CommandValues {
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** The command for `sh -c`, in which the shell sees each value exactly, whatever it holds.
 *
 * Throws `AzureMlYamlError`: COMMAND_VALUE_MISSING for a name without a value,
 * COMMAND_VALUE_INVALID for a value that no process can be given (a NUL or a lone surrogate),
 * COMMAND_EXPRESSION_UNSAFE where no quoting is safe, EXPRESSION_SYNTAX_ERROR and
 * EXPRESSION_NOT_ALLOWED; `parseJob` reports the last three before. */
export function renderCommand(template: string, values: CommandValues): string {
  const parts: string[] = [];
  let at = 0;
  for (const placement of placeExpressions(template, expressionsIn(template))) {
    parts.push(template.slice(at, placement.expression.start), renderOne(placement, values));
    at = placement.expression.end;
  }
  parts.push(template.slice(at));
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
  if (reference.kind !== 'input' && reference.kind !== 'output') {
    const message = `'${shown}' cannot stand in a command; bind it under inputs or outputs first`;
    throw new AzureMlYamlError('EXPRESSION_NOT_ALLOWED', message);
  }
  const given = reference.kind === 'input' ? values.inputs : values.outputs;
  const value = given.get(reference.name);
  if (value === undefined) {
    const message = `${reference.kind} '${reference.name}' has no value${hint(reference.name, given.keys())}`;
    throw new AzureMlYamlError('COMMAND_VALUE_MISSING', message);
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    const message = `${reference.kind} '${reference.name}' holds a character that no process can be given; remove NUL and broken characters`;
    throw new AzureMlYamlError('COMMAND_VALUE_INVALID', message);
  }
  return value;
}
