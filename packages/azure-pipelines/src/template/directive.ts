// The words that make a key more than a key: `${{ if … }}`, `elseif`, `else`, `each`, `insert`.

import { type ExpressionPart, wholeExpression } from './whole-expression.ts';

export type Directive =
  | ConditionDirective
  | EachDirective
  | { readonly kind: 'else' }
  | { readonly kind: 'insert' }
  | { readonly kind: 'invalid'; readonly message: string };

export interface ConditionDirective {
  readonly kind: 'if' | 'elseif';
  readonly expression: DirectiveExpression;
}

export interface EachDirective {
  readonly kind: 'each';
  readonly variable: string;
  readonly expression: DirectiveExpression;
}

/** The part of the key that is evaluated. */
export interface DirectiveExpression {
  readonly text: string;
  /** Index of its first character in the key. */
  readonly offset: number;
}

/** Keys repeat over files and turns of a loop; a directive is a pure function of the key. */
const cache = new Map<string, Directive | undefined>();
const maxCached = 5_000;

export function directiveOf(key: string): Directive | undefined {
  if (!key.startsWith('${{')) return undefined;
  const known = cache.get(key);
  if (known !== undefined || cache.has(key)) return known;
  if (cache.size >= maxCached) cache.clear();
  const part = wholeExpression(key);
  const directive = part === undefined ? undefined : read(part);
  cache.set(key, directive);
  return directive;
}

function read(part: ExpressionPart): Directive | undefined {
  const text = part.text.trim();
  const word = /^(?:if|elseif|else|each|insert)(?![\w.])/i.exec(text)?.[0];
  if (word !== undefined && word !== word.toLowerCase()) return inLowerCase(word);
  if (word === 'insert' || word === 'else') return readBare(word, text);
  if (word === 'if' || word === 'elseif') return readCondition(word, part);
  return word === 'each' ? readEach(part) : undefined;
}

/** Unlike names and functions, these words are no others in another case. */
function inLowerCase(word: string): Directive {
  const message = `"${word}" is no directive. Write it in lower case: "${word.toLowerCase()}".`;
  return { kind: 'invalid', message };
}

function readBare(word: 'insert' | 'else', text: string): Directive {
  if (text === word) return { kind: word };
  const isElseIf = /^else\s+if\b/.test(text);
  const advice = isElseIf ? 'Write "elseif" as one word.' : `Write \${{ ${word} }} alone.`;
  return { kind: 'invalid', message: `"${word}" takes nothing behind it. ${advice}` };
}

function readCondition(kind: 'if' | 'elseif', part: ExpressionPart): Directive {
  const expression = restAfter(part, new RegExp(`^\\s*${kind}`));
  if (expression.text.trim() !== '') return { kind, expression };
  const message = `"${kind}" needs a condition. Write for example \${{ ${kind} eq(parameters.x, 'y') }}.`;
  return { kind: 'invalid', message };
}

function readEach(part: ExpressionPart): Directive {
  const head = /^\s*each\s+(?<variable>[A-Za-z_]\w*)\s+in(?![\w.])/.exec(part.text);
  const expression = restAfter(part, head?.[0] ?? '');
  const variable = head?.groups?.variable;
  if (variable !== undefined && expression.text.trim() !== '') {
    return { kind: 'each', variable, expression };
  }
  const message =
    '"each" needs a name and a list. Write for example ${{ each item in parameters.items }}.';
  return { kind: 'invalid', message };
}

function restAfter(part: ExpressionPart, head: RegExp | string): DirectiveExpression {
  const length = typeof head === 'string' ? head.length : (head.exec(part.text)?.[0].length ?? 0);
  return { text: part.text.slice(length), offset: part.offset + length };
}
