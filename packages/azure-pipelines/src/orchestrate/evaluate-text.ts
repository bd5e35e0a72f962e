// One expression of the run: parsed, evaluated, traced, and its mistakes told with their place.

import {
  type ContextFunction,
  type ContextValues,
  evaluationContext,
} from '../expression/evaluation-context.ts';
import { evaluate } from '../expression/evaluator.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseExpression } from '../expression/parser.ts';
import { runtimeExpressionOf } from '../expression/template-text.ts';
import { isTruthy, type Value } from '../expression/value.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { Mistake } from './mistake.ts';
import type { SecretReads } from './secret-reads.ts';

/** What an expression can see. */
export interface Site {
  readonly contexts: ContextValues;
  readonly functions: Readonly<Record<string, ContextFunction>>;
  readonly reads: SecretReads;
}

export interface Verdict {
  readonly holds: boolean;
  readonly trace: readonly string[];
}

/** The text of a condition is an expression as it stands. */
export function evaluateCondition(condition: Text, site: Site): Verdict {
  const trace: string[] = [];
  const value = evaluateSource(condition.text, condition, site, trace);
  return { holds: isTruthy(value), trace };
}

/** What `$[ … ]` holds, when the whole text is one. */
export function runtimeExpression(text: string): string | undefined {
  return runtimeExpressionOf(text)?.text;
}

export function evaluateSource(
  source: string,
  { origin }: Text,
  { contexts, functions, reads }: Site,
  trace?: string[],
): Value {
  const sink = { info: (line: string) => trace?.push(line), mask: reads.mask };
  const context = evaluationContext(contexts, functions, trace === undefined ? undefined : sink);
  try {
    const known = { names: context.names, functions: new Set(Object.keys(functions)) };
    return evaluate(parseExpression(source, known), context);
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    throw new Mistake(`in "${source.trim()}": ${reads.mask(error.message)}`, origin);
  }
}
