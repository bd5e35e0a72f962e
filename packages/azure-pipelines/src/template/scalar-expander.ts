// Scalars and keys: `${{ e }}` alone becomes the value of e, with its type; inside a text it becomes
// text.

import {
  hasTemplateExpression,
  parseTemplateText,
  type TemplatePart,
} from '../expression/template-text.ts';
import type { Value } from '../expression/value.ts';
import type { KeyNode, Node, ScalarNode } from '../text/node.ts';
import type { DirectiveExpression } from './directive.ts';
import type { ExpansionBudget } from './expansion-budget.ts';
import type { ExpressionEvaluator } from './expression-evaluator.ts';
import type { NodeValues } from './node-values.ts';
import { originIn, type Scope } from './scope.ts';
import type { PlacedText } from './template-file.ts';
import { wholeExpression } from './whole-expression.ts';

export class ScalarExpander {
  readonly #evaluator: ExpressionEvaluator;
  readonly #values: NodeValues;
  readonly #budget: ExpansionBudget;

  constructor(evaluator: ExpressionEvaluator, values: NodeValues, budget: ExpansionBudget) {
    this.#evaluator = evaluator;
    this.#values = values;
    this.#budget = budget;
  }

  /** Where an expression has no value its text stays: a reader of that text is not misled. */
  expand(node: ScalarNode, scope: Scope): Node {
    if (scope.isFinal) return node;
    const { value } = node;
    if (typeof value !== 'string' || !hasTemplateExpression(value))
      return this.#placed(node, scope);
    const whole = this.whole(node, scope);
    if (whole !== undefined) return whole;
    const text = this.#text({ text: value, origin: node.origin }, scope);
    return this.#placed({ ...node, value: text ?? value }, scope);
  }

  /** The value of a scalar that is one expression, in the place of the scalar. Undefined for any
   * other, and where it has no value. */
  whole(node: ScalarNode, scope: Scope): Node | undefined {
    if (scope.isFinal || typeof node.value !== 'string') return undefined;
    const part = wholeExpression(node.value);
    if (part === undefined) return undefined;
    const placed = { text: node.value, origin: node.origin };
    const value = this.#evaluator.evaluate(part.text, placed, part.offset, scope);
    if (value === undefined) return this.#placed(node, scope);
    const expanded = this.#values.nodeOf(value, originIn(scope, node.origin));
    this.#budget.spendNode(expanded, node.origin);
    return expanded;
  }

  key(key: KeyNode, scope: Scope): KeyNode {
    this.#budget.spendText(key.text.length, key.origin);
    if (scope.isFinal) return key;
    const origin = originIn(scope, key.origin);
    if (!hasTemplateExpression(key.text)) return origin === key.origin ? key : { ...key, origin };
    return { text: this.#text(key, scope) ?? key.text, origin };
  }

  /** Of an `if` or `each`, which stands in a key. */
  directive({ text, offset }: DirectiveExpression, key: KeyNode, scope: Scope): Value | undefined {
    return this.#evaluator.evaluate(text, key, offset, scope);
  }

  #text(placed: PlacedText, scope: Scope): string | undefined {
    const parts = this.#evaluator.attempt(placed, 0, scope, () => parseTemplateText(placed.text));
    if (parts === undefined) return undefined;
    const texts = parts.map((part) => this.#part(part, placed, scope));
    if (texts.includes(undefined)) return undefined;
    const text = texts.join('');
    this.#budget.spendText(text.length, placed.origin);
    return text;
  }

  #part(part: TemplatePart, placed: PlacedText, scope: Scope): string | undefined {
    if (part.kind === 'literal') return part.text;
    return this.#evaluator.evaluateText(part.text, placed, part.offset, scope);
  }

  #placed(node: ScalarNode, scope: Scope): ScalarNode {
    const length = typeof node.value === 'string' ? node.value.length : 0;
    this.#budget.spendText(length, node.origin);
    const origin = originIn(scope, node.origin);
    return origin === node.origin ? node : { kind: 'scalar', value: node.value, origin };
  }
}
