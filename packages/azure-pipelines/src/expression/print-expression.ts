// An expression as text, in the one spelling that traces show: `and(succeeded(), a['b'])`.
import type { Expression, LiteralExpression, PathStep } from './expression.ts';

/** `realized`: what stands for a sub-expression instead of its own text, if anything. */
export function printExpression(
  expression: Expression,
  realized: (part: Expression) => string | undefined = () => undefined,
): string {
  const known = realized(expression);
  if (known !== undefined) return known;
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value);
    case 'name':
      return expression.name;
    case 'call': {
      const list = expression.arguments.map((argument) => printExpression(argument, realized));
      return `${expression.name}(${list.join(', ')})`;
    }
    case 'path':
      // A path that was not evaluated is shown as it was written: its parts were not either.
      return printExpression(expression.target) + expression.steps.map(printStep).join('');
  }
}

function printStep(step: PathStep): string {
  return step.kind === 'wildcard' ? '[*]' : `[${printExpression(step.index)}]`;
}

function printLiteral(value: LiteralExpression['value']): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value.kind === 'number' ? value.toFullText() : value.toString();
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
