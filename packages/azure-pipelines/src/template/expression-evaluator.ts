// Evaluates the expressions of a file where they stand, and reports what is wrong with them there.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { textOf } from '../expression/casts.ts';
import { checkNames } from '../expression/check-names.ts';
import type { EvaluationContext } from '../expression/evaluation-context.ts';
import { evaluate } from '../expression/evaluator.ts';
import type { Expression } from '../expression/expression.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import type { Value } from '../expression/value.ts';
import type { ExpansionBudget } from './expansion-budget.ts';
import { parseCached } from './parse-cached.ts';
import { originIn, type Scope, valueOfName } from './scope.ts';
import type { PlacedText } from './template-file.ts';

/** Nothing but the functions that every place has. */
const noFunctions: EvaluationContext['functions'] = new Map();
const noNames: ReadonlySet<string> = new Set();

export class ExpressionEvaluator {
  readonly #sink: DiagnosticSink;
  readonly #budget: ExpansionBudget;
  /** The set of names that an expression was last checked against. */
  readonly #checked = new WeakMap<Expression, ReadonlySet<string>>();

  constructor(sink: DiagnosticSink, budget: ExpansionBudget) {
    this.#sink = sink;
    this.#budget = budget;
  }

  /** `offset`: index of the expression in the placed text. Undefined where it has no value. */
  evaluate(text: string, placed: PlacedText, offset: number, scope: Scope): Value | undefined {
    return this.attempt(placed, offset, scope, () => this.#evaluate(text, placed, scope));
  }

  /** What stands inside a text: `True`, `1.5`, nothing for null. A list or object is a mistake. */
  evaluateText(text: string, placed: PlacedText, offset: number, scope: Scope): string | undefined {
    return this.attempt(placed, offset, scope, () => textOf(this.#evaluate(text, placed, scope)));
  }

  attempt<T>(placed: PlacedText, offset: number, scope: Scope, work: () => T): T | undefined {
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof ExpressionMistake)) throw cause;
      const place = scope.file.originWithin(placed, offset + cause.offset);
      this.#sink.report(cause.code, originIn(scope, place), sentence(cause.message));
      return undefined;
    }
  }

  #evaluate(text: string, { origin }: PlacedText, scope: Scope): Value {
    const expression = parseCached(text);
    const { names } = scope;
    if (this.#checked.get(expression) !== names) {
      checkNames(expression, { names, functions: noNames });
      this.#checked.set(expression, names);
    }
    return evaluate(expression, {
      names,
      functions: noFunctions,
      valueOf: (name) => valueOfName(scope, name),
      onMemory: (bytes) => this.#budget.spendMemory(bytes, origin),
    });
  }
}

/** Mistakes in expressions come as half sentences, which the agent shows behind others. */
export function sentence(message: string): string {
  const [first = ''] = message;
  // The name of a function stays as it is.
  const isName = /^\w+\(/.test(message);
  const text = isName ? message : first.toUpperCase() + message.slice(first.length);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
