// What a condition comes to before a run, as far as that can be known: `and(x, false)` is false
// whatever x will be.

import { evaluationContext } from '../expression/evaluation-context.ts';
import { evaluate } from '../expression/evaluator.ts';
import type { CallExpression, Expression } from '../expression/expression.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseSyntax } from '../expression/parser.ts';
import { isTruthy } from '../expression/value.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { evaluateCondition, type Site } from './evaluate-text.ts';
import { Mistake } from './mistake.ts';
import { UnknownValue } from './unknown-value.ts';

/** `fails`: it cannot be evaluated. */
export type Outlook = 'runs' | 'skipped' | 'fails' | 'unknown';

export interface Prospect {
  readonly outlook: Outlook;
  readonly reasons: readonly string[];
}

export function planCondition(condition: Text, site: Site): Prospect {
  try {
    const { holds, trace } = evaluateCondition(condition, site);
    return { outlook: holds ? 'runs' : 'skipped', reasons: trace };
  } catch (error) {
    if (error instanceof Mistake) return { outlook: 'fails', reasons: [error.message] };
    if (!(error instanceof UnknownValue)) throw error;
    return symbolic(condition.text, site);
  }
}

/** A mistake counts also where it would be met only for some of the values that are not known. */
function symbolic(source: string, site: Site): Prospect {
  const verdict = verdictOf(source, site);
  if (verdict instanceof ExpressionMistake) return { outlook: 'fails', reasons: [verdict.message] };
  if (typeof verdict === 'boolean') {
    const reasons = [`Evaluating: ${source.trim()}`, `Result: ${verdict ? 'True' : 'False'}`];
    return { outlook: verdict ? 'runs' : 'skipped', reasons };
  }
  const needs = [...new Set(verdict)];
  return { outlook: 'unknown', reasons: needs.map((what) => new UnknownValue(what).message) };
}

function verdictOf(source: string, site: Site): Verdict | ExpressionMistake {
  try {
    return holds(parseSyntax(source), site);
  } catch (error) {
    if (error instanceof ExpressionMistake) return error;
    throw error;
  }
}

/** Or what it needs. */
type Verdict = boolean | readonly string[];

function holds(expression: Expression, site: Site): Verdict {
  const { contexts, functions } = site;
  try {
    return isTruthy(evaluate(expression, evaluationContext(contexts, functions)));
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    if (expression.kind !== 'call') return [error.what];
    return call(expression, site, error.what);
  }
}

function call(expression: CallExpression, site: Site, needed: string): Verdict {
  const parts = () => expression.arguments.map((argument) => holds(argument, site));
  switch (expression.name.toLowerCase()) {
    case 'and':
      return junction(parts(), false);
    case 'or':
      return junction(parts(), true);
    case 'not':
      return negated(parts());
    default: {
      // Each of the arguments that is not known is needed, not only the first one.
      const needs = parts().flatMap((part) => (typeof part === 'boolean' ? [] : part));
      return needs.length === 0 ? [needed] : needs;
    }
  }
}

/** One part that decides is enough. */
function junction(parts: readonly Verdict[], deciding: boolean): Verdict {
  if (parts.includes(deciding)) return deciding;
  const needs = parts.flatMap((part) => (typeof part === 'boolean' ? [] : part));
  return needs.length === 0 ? !deciding : needs;
}

function negated([part = false]: readonly Verdict[]): Verdict {
  return typeof part === 'boolean' ? !part : part;
}
