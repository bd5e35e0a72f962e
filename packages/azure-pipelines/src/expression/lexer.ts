// Cuts an expression into tokens. Knows no names: what a word means is the parser's business.
import { Decimal } from './decimal.ts';
import type { LiteralExpression } from './expression.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { VersionValue } from './version-value.ts';

export type Punctuation = '(' | ')' | '[' | ']' | ',' | '.' | '*';

export type Token =
  | { readonly kind: Punctuation; readonly text: string; readonly offset: number }
  | { readonly kind: 'word'; readonly text: string; readonly offset: number }
  | {
      readonly kind: 'literal';
      readonly value: LiteralExpression['value'];
      readonly text: string;
      readonly offset: number;
    }
  | { readonly kind: 'end'; readonly text: ''; readonly offset: number };

/**
 * In order: white space, a quoted text, a number or version, a word, punctuation, and whatever is
 * left. A point begins a number only where a value may stand, which the lexer checks itself.
 */
const pattern =
  /(?<space>\s+)|(?<quoted>'(?:[^']|'')*')|(?<number>[-+]?\.?\d[^\s()[\],]*)|(?<word>[A-Za-z_][A-Za-z0-9_-]*)|(?<punctuation>[()[\],.*])|(?<other>.[^\s()[\],]*)/suy;

/** The last token is always `end`. Throws ExpressionMistake at what is no token. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    pattern.lastIndex = offset;
    const groups = pattern.exec(text)?.groups ?? {};
    const token = tokenOf(groups, offset, tokens.at(-1));
    if (token !== undefined) tokens.push(token);
    offset += token?.text.length ?? groups.space?.length ?? 1;
  }
  tokens.push({ kind: 'end', text: '', offset: text.length });
  return tokens;
}

type Groups = Readonly<Partial<Record<string, string>>>;

function tokenOf(groups: Groups, offset: number, previous: Token | undefined): Token | undefined {
  const { space, quoted, number, word, punctuation, other } = groups;
  if (space !== undefined) return undefined;
  if (quoted !== undefined) return quotedToken(quoted, offset);
  if (number?.startsWith('.') && !startsValue(previous)) return { kind: '.', text: '.', offset };
  if (number !== undefined) return numberToken(number, offset);
  if (word !== undefined) return wordToken(word, offset, previous);
  if (punctuation !== undefined) {
    return { kind: punctuation as Punctuation, text: punctuation, offset };
  }
  throw new ExpressionMistake('EXPRESSION_SYNTAX_ERROR', offset, whatIsWrong(other ?? ''));
}

function quotedToken(text: string, offset: number): Token {
  return { kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'"), text, offset };
}

function wordToken(text: string, offset: number, previous: Token | undefined): Token {
  const lower = text.toLowerCase();
  const isBoolean = (lower === 'true' || lower === 'false') && previous?.kind !== '.';
  if (isBoolean) return { kind: 'literal', value: lower === 'true', text, offset };
  return { kind: 'word', text, offset };
}

function numberToken(text: string, offset: number): Token {
  const isVersion = text.split('.').length > 2;
  const value = isVersion ? VersionValue.parse(text) : Decimal.parse(text);
  if (value !== undefined) return { kind: 'literal', value, text, offset };
  const message = `${shown(text)} is no number and no version; put a text in single quotes`;
  throw new ExpressionMistake('EXPRESSION_SYNTAX_ERROR', offset, message);
}

function startsValue(previous: Token | undefined): boolean {
  return previous === undefined || [',', '[', '('].includes(previous.kind);
}

function whatIsWrong(text: string): string {
  if (text.startsWith("'")) return 'the text is not closed; end it with a single quote';
  if (text.startsWith('"')) return `${shown(text)}: a text stands in single quotes`;
  const operator = /^(?:==|!=|<=|>=|&&|\|\||[<>!+&|=-])/u.exec(text)?.[0];
  if (operator !== undefined)
    return `there is no operator ${shown(operator)}; ${insteadOf(operator)}`;
  return `${shown(text)} is not part of an expression`;
}

const functionsOfOperators: Readonly<Record<string, string>> = {
  '==': 'eq(a, b)',
  '=': 'eq(a, b)',
  '!=': 'ne(a, b)',
  '<': 'lt(a, b)',
  '<=': 'le(a, b)',
  '>': 'gt(a, b)',
  '>=': 'ge(a, b)',
  '&&': 'and(a, b)',
  '&': 'and(a, b)',
  '||': 'or(a, b)',
  '|': 'or(a, b)',
  '!': 'not(a)',
};

function insteadOf(operator: string): string {
  const call = functionsOfOperators[operator];
  return call === undefined ? 'expressions do not calculate' : `write ${call}`;
}

function shown(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
}
