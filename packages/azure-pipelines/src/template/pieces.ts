// What is left of a mapping when its directives are carried out: entries, and the lists or single
// values that stood under a directive. In the order of the file, each computed when it is asked for:
// a variable that is defined in between is seen by what follows.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { genericFunctions } from '../expression/functions/generic-functions.ts';
import { isTruthy } from '../expression/value.ts';
import type { Entry, KeyNode, MappingNode, Node } from '../text/node.ts';
import type { Chain } from './condition-chain.ts';
import {
  type ConditionDirective,
  type Directive,
  directiveOf,
  type EachDirective,
} from './directive.ts';
import type { ExpansionBudget } from './expansion-budget.ts';
import { itemsOf } from './loop-items.ts';
import type { Piece } from './piece.ts';
import type { ScalarExpander } from './scalar-expander.ts';
import { asFinal, originIn, type Scope, withLocal, withName } from './scope.ts';

export class Pieces {
  readonly #sink: DiagnosticSink;
  readonly #scalars: ScalarExpander;
  readonly #budget: ExpansionBudget;

  constructor(sink: DiagnosticSink, scalars: ScalarExpander, budget: ExpansionBudget) {
    this.#sink = sink;
    this.#scalars = scalars;
    this.#budget = budget;
  }

  /** Returns how a chain of conditions stands at the end, for the next item of a list. */
  *of(mapping: MappingNode, scope: Scope, before: Chain = 'none'): Generator<Piece, Chain> {
    let chain = before;
    for (const entry of mapping.entries) {
      const directive = scope.isFinal ? undefined : directiveOf(entry.key.text);
      if (directive === undefined) {
        const key = this.#scalars.key(entry.key, scope);
        yield { kind: 'entry', entry: { key, value: entry.value, scope } };
        chain = 'none';
      } else chain = yield* this.#carryOut(directive, entry, scope, chain);
    }
    return chain;
  }

  *#carryOut(
    directive: Directive,
    entry: Entry,
    scope: Scope,
    chain: Chain,
  ): Generator<Piece, Chain> {
    this.#budget.spendWork(entry.key.origin);
    switch (directive.kind) {
      case 'invalid':
        this.#report(entry.key, scope, directive.message);
        return 'taken';
      case 'insert':
        yield* this.#body(entry.value, scope);
        return 'none';
      case 'each':
        yield* this.#turns(directive, entry, scope);
        return 'none';
      default:
        return yield* this.#branch(directive, entry, scope, chain);
    }
  }

  *#branch(
    directive: ConditionDirective | { readonly kind: 'else' },
    entry: Entry,
    scope: Scope,
    before: Chain,
  ): Generator<Piece, Chain> {
    const { kind } = directive;
    if (kind !== 'if' && !this.#follows(kind, before, entry.key, scope)) return 'taken';
    const after = kind === 'else' ? 'none' : 'taken';
    if (kind !== 'if' && before === 'taken') return after;
    const holds = kind === 'else' || this.#holds(directive, entry.key, scope);
    // Of a condition without a value nothing is taken, not even what stands under its `else`.
    if (holds !== true) return holds === undefined ? 'taken' : 'open';
    yield* this.#body(entry.value, scope);
    return after;
  }

  #follows(kind: 'elseif' | 'else', before: Chain, key: KeyNode, scope: Scope): boolean {
    if (before !== 'none') return true;
    const message = `"${kind}" has no "if" right before it. Put the two next to each other.`;
    this.#report(key, scope, message);
    return false;
  }

  #holds({ expression }: ConditionDirective, key: KeyNode, scope: Scope): boolean | undefined {
    const value = this.#scalars.directive(expression, key, scope);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.toLowerCase() === 'false') {
      const message = `The condition is the text "${value}", and every text but the empty one counts as true. Write eq(…, true) around it.`;
      this.#sink.report('TEXT_AS_CONDITION', originIn(scope, key.origin), message);
    }
    return isTruthy(value);
  }

  *#turns(
    { variable, expression }: EachDirective,
    { key, value: body }: Entry,
    scope: Scope,
  ): Generator<Piece> {
    if (!this.#isFree(variable, key, scope)) return;
    const collection = this.#scalars.directive(expression, key, scope);
    if (collection === undefined) return;
    const items = itemsOf(collection);
    if (items === undefined) {
      const message =
        '"each" goes over a list or an object, and this is a single value. Give it a list.';
      this.#report(key, scope, message);
      return;
    }
    const inner = withName(scope, variable);
    for (const item of items) {
      this.#budget.spendWork(key.origin);
      yield* this.#body(body, withLocal(inner, variable, item));
    }
  }

  /** Contexts, loop variables and functions share their names. */
  #isFree(variable: string, key: KeyNode, scope: Scope): boolean {
    const name = variable.toLowerCase();
    if (!scope.names.has(name) && !genericFunctions.has(name)) return true;
    const message = `"${variable}" has a meaning here already. Give the loop variable another name.`;
    this.#report(key, scope, message);
    return false;
  }

  /** What stands under a directive. */
  *#body(body: Node, scope: Scope): Generator<Piece> {
    if (body.kind === 'mapping') yield* this.of(body, scope);
    else if (body.kind === 'sequence') yield { kind: 'items', part: { list: body, scope } };
    else if (body.value !== null) {
      const node = this.#scalars.expand(body, scope);
      if (node.kind !== 'scalar') yield* this.#body(node, asFinal(scope));
      else if (node.value !== null) yield { kind: 'scalar', node };
    }
  }

  #report(key: KeyNode, scope: Scope, message: string): void {
    this.#sink.report('DIRECTIVE_INVALID', originIn(scope, key.origin), message);
  }
}
