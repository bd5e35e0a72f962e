// The tree of an expression. Dots and brackets are one thing: `a.b` is `a['b']`.
import type { Decimal } from './decimal.ts';
import type { VersionValue } from './version-value.ts';

export type Expression = LiteralExpression | NameExpression | CallExpression | PathExpression;

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly value: boolean | Decimal | string | VersionValue;
  readonly offset: number;
}

/** A context, such as `variables`. */
export interface NameExpression {
  readonly kind: 'name';
  /** As written. */
  readonly name: string;
  readonly offset: number;
}

export interface CallExpression {
  readonly kind: 'call';
  /** As written. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly offset: number;
}

/**
 * `target` and one access or more. Flat, and not one node an access, so that a path of thousands
 * of dots cannot exhaust the stack of whoever walks the tree.
 */
export interface PathExpression {
  readonly kind: 'path';
  readonly target: NameExpression | CallExpression;
  readonly steps: readonly PathStep[];
  readonly offset: number;
}

export type PathStep =
  | { readonly kind: 'index'; readonly index: Expression; readonly offset: number }
  | { readonly kind: 'wildcard'; readonly offset: number };

/** Every expression of the tree, outer ones first. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'call') {
    for (const argument of expression.arguments) yield* walk(argument);
  }
  if (expression.kind === 'path') {
    yield* walk(expression.target);
    for (const step of expression.steps) if (step.kind === 'index') yield* walk(step.index);
  }
}
