// What can be said of a file's expressions before any is evaluated: their grammar, also where no
// condition leads to them, parameters that none reads, and comparisons that do not mean what they say.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import {
  type CallExpression,
  type Expression,
  type PathExpression,
  walk,
} from '../expression/expression.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { hasTemplateExpression, parseTemplateText } from '../expression/template-text.ts';
import type { Node } from '../text/node.ts';
import { directiveOf } from './directive.ts';
import { sentence } from './expression-evaluator.ts';
import type { ParameterDeclarations } from './parameter-declarations.ts';
import { parseCached } from './parse-cached.ts';
import type { PlacedText, TemplateFile } from './template-file.ts';
import { selfRepository } from './template-path.ts';

/** Their left side decides as what the others are taken. */
const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notin']);

interface PlacedExpression {
  readonly text: string;
  readonly offset: number;
}

export function checkFile(
  file: TemplateFile,
  declarations: ParameterDeclarations,
  sink: DiagnosticSink,
): void {
  new FileCheck(file, declarations, sink).check();
}

class FileCheck {
  readonly #file: TemplateFile;
  readonly #declarations: ParameterDeclarations;
  readonly #sink: DiagnosticSink;
  /** Lower-cased. */
  readonly #read = new Set<string>();
  /** By `parameters[…]` or `parameters` alone, any may be meant. */
  #readsAny = false;

  constructor(file: TemplateFile, declarations: ParameterDeclarations, sink: DiagnosticSink) {
    this.#file = file;
    this.#declarations = declarations;
    this.#sink = sink;
  }

  check(): void {
    this.#visit(this.#file.body);
    // A parameter of somebody else's template is not this pipeline's to take out.
    if (this.#readsAny || this.#file.path.repository !== selfRepository) return;
    for (const [key, { name, origin }] of this.#declarations.byName) {
      if (this.#read.has(key)) continue;
      const message = `Nothing in this file reads parameter "${name}". Take it out, or write \${{ parameters.${name} }} where it belongs.`;
      this.#sink.report('PARAMETER_UNUSED', origin, message);
    }
  }

  #visit(node: Node): void {
    if (node.kind === 'scalar') {
      if (typeof node.value === 'string') this.#text({ text: node.value, origin: node.origin });
    } else if (node.kind === 'sequence') for (const item of node.items) this.#visit(item);
    else {
      for (const { key, value } of node.entries) {
        this.#text(key);
        this.#visit(value);
      }
    }
  }

  #text(placed: PlacedText): void {
    if (!hasTemplateExpression(placed.text)) return;
    this.#attempt(placed, 0, () => {
      for (const part of expressionsOf(placed.text)) {
        this.#attempt(placed, part.offset, () =>
          this.#expression(parseCached(part.text), placed, part.offset),
        );
      }
    });
  }

  #attempt(placed: PlacedText, offset: number, work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!(cause instanceof ExpressionMistake)) throw cause;
      const place = this.#file.originWithin(placed, offset + cause.offset);
      this.#sink.report(cause.code, place, sentence(cause.message));
    }
  }

  #expression(expression: Expression, placed: PlacedText, offset: number): void {
    const named = new Set<Expression>();
    for (const part of walk(expression)) {
      if (part.kind === 'path') {
        const name = parameterOf(part);
        if (name !== undefined) this.#read.add(name);
        if (name !== undefined) named.add(part.target);
      }
      if (part.kind === 'name' && isParameters(part) && !named.has(part)) this.#readsAny = true;
      if (part.kind === 'call') this.#comparison(part, placed, offset);
    }
  }

  #comparison(call: CallExpression, placed: PlacedText, offset: number): void {
    const [left, ...others] = call.arguments;
    if (left?.kind !== 'path' || !comparisons.has(call.name.toLowerCase())) return;
    const declared = this.#declarations.byName.get(parameterOf(left) ?? '');
    const text = others.find(
      (other) => other.kind === 'literal' && typeof other.value === 'string',
    );
    if (declared?.typeName !== 'boolean' || text === undefined) return;
    const message = `Parameter "${declared.name}" is a boolean, and every text but the empty one that is compared with it counts as true. Write true or false without quotes.`;
    const place = this.#file.originWithin(placed, offset + call.offset);
    this.#sink.report('BOOLEAN_EQUALS_TEXT', place, message);
  }
}

function expressionsOf(text: string): readonly PlacedExpression[] {
  const directive = directiveOf(text);
  if (directive?.kind === 'invalid' || directive?.kind === 'else' || directive?.kind === 'insert') {
    return [];
  }
  if (directive !== undefined) return [directive.expression];
  return parseTemplateText(text).filter((part) => part.kind === 'expression');
}

/** Lower-cased `x` of `parameters.x` and `parameters['x']`, whatever is read of it. */
function parameterOf({ target, steps: [first] }: PathExpression): string | undefined {
  if (target.kind !== 'name' || !isParameters(target) || first?.kind !== 'index') return undefined;
  const { index } = first;
  const isText = index.kind === 'literal' && typeof index.value === 'string';
  return isText ? String(index.value).toLowerCase() : undefined;
}

function isParameters({ name }: { readonly name: string }): boolean {
  return name.toLowerCase() === 'parameters';
}
