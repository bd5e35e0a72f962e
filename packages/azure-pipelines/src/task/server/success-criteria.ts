// An expression over the JSON that a service answered with, which stands in it as `root`.

import { evaluationContext } from '../../expression/evaluation-context.ts';
import { evaluate } from '../../expression/evaluator.ts';
import { ExpressionMistake } from '../../expression/expression-mistake.ts';
import { parseExpression } from '../../expression/parser.ts';
import { fromPlain } from '../../expression/plain.ts';
import { isTruthy } from '../../expression/value.ts';
import { TaskFailure } from '../task-outcome.ts';

/** @throws TaskFailure for an expression that cannot be read or computed, or an answer without JSON */
export function evaluateCriteria(text: string, body: string): boolean {
  const plain = parseBody(body);
  try {
    const root = fromPlain(plain);
    const expression = parseExpression(text, { names: new Set(['root']), functions: new Set() });
    return isTruthy(evaluate(expression, evaluationContext({ root })));
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    throw new TaskFailure(`The success criteria '${text}' cannot be used: ${error.message}`);
  }
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new TaskFailure('The answer is no JSON, so no success criteria can be met');
  }
}
