// Tokens to a tree. The grammar: value = literal | (name | call) access*; call = word '(' values ')';
// access = '.' word | '.' '*' | '[' value ']' | '[' '*' ']'.
import { checkNames, type KnownNames } from './check-names.ts';
import type { CallExpression, Expression, NameExpression, PathStep } from './expression.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { lex, type Token } from './lexer.ts';

export const maxExpressionLength = 21_000;
export const maxExpressionDepth = 50;

/** Parses, and checks that every name and function is known. */
export function parseExpression(text: string, known: KnownNames): Expression {
  const expression = parseSyntax(text);
  checkNames(expression, known);
  return expression;
}

/** Parses only: names are looked at when they are evaluated, if ever. */
export function parseSyntax(text: string): Expression {
  if (text.length > maxExpressionLength) {
    const message = `the expression has ${text.length} characters; at most ${maxExpressionLength} may`;
    throw new ExpressionMistake('EXPRESSION_FAILED', 0, `${message} be written in one`);
  }
  return new Parser(lex(text)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Expression {
    const expression = this.#value();
    if (this.#token.kind !== 'end') throw this.#unexpected('the end of the expression');
    return expression;
  }

  get #token(): Token {
    const token = this.#tokens[this.#position] ?? this.#tokens.at(-1);
    return token ?? { kind: 'end', text: '', offset: 0 };
  }

  #take(): Token {
    const token = this.#token;
    this.#position += 1;
    return token;
  }

  #value(): Expression {
    const token = this.#token;
    if (token.kind === 'literal') {
      this.#take();
      return { kind: 'literal', value: token.value, offset: token.offset };
    }
    if (token.kind !== 'word') throw this.#unexpected('a value');
    this.#take();
    const target = this.#token.kind === '(' ? this.#call(token) : nameOf(token);
    const steps = this.#steps();
    return steps.length === 0 ? target : { kind: 'path', target, steps, offset: token.offset };
  }

  #call(name: Token): CallExpression {
    this.#open();
    const list: Expression[] = [];
    while (this.#token.kind !== ')') {
      if (list.length > 0) this.#expect(',', '"," or ")"');
      list.push(this.#value());
    }
    this.#close();
    return { kind: 'call', name: name.text, arguments: list, offset: name.offset };
  }

  #steps(): PathStep[] {
    const steps: PathStep[] = [];
    for (;;) {
      if (this.#token.kind === '.') steps.push(this.#property());
      else if (this.#token.kind === '[') steps.push(this.#index());
      else return steps;
    }
  }

  #property(): PathStep {
    const { offset } = this.#take();
    const name = this.#token;
    if (name.kind !== 'word' && name.kind !== '*') throw this.#unexpected('the name of a property');
    this.#take();
    if (name.kind === '*') return { kind: 'wildcard', offset };
    const index = { kind: 'literal', value: name.text, offset: name.offset } as const;
    return { kind: 'index', index, offset };
  }

  #index(): PathStep {
    const { offset } = this.#token;
    this.#open();
    const step = this.#bracketed(offset);
    if (this.#token.kind !== ']') throw this.#unexpected('"]"');
    this.#close();
    return step;
  }

  #bracketed(offset: number): PathStep {
    if (this.#token.kind !== '*') return { kind: 'index', index: this.#value(), offset };
    this.#take();
    return { kind: 'wildcard', offset };
  }

  #open(): void {
    const { offset } = this.#take();
    this.#depth += 1;
    if (this.#depth < maxExpressionDepth) return;
    const message = `the expression is nested more than ${maxExpressionDepth} levels deep`;
    throw new ExpressionMistake('EXPRESSION_FAILED', offset, `${message}; split it into variables`);
  }

  #close(): void {
    this.#depth -= 1;
    this.#take();
  }

  #expect(kind: Token['kind'], what: string): void {
    if (this.#token.kind !== kind) throw this.#unexpected(what);
    this.#take();
  }

  #unexpected(expected: string): ExpressionMistake {
    const { kind, text, offset } = this.#token;
    const found = kind === 'end' ? 'the expression ends' : `"${text.slice(0, 40)}" stands`;
    const message = `${found} where ${expected} is expected`;
    return new ExpressionMistake('EXPRESSION_SYNTAX_ERROR', offset, message);
  }
}

function nameOf(token: Token): NameExpression {
  return { kind: 'name', name: token.text, offset: token.offset };
}
