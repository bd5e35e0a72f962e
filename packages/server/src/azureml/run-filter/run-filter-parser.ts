// From the tokens of a run filter to its tree: `or` below `and` below `not` below comparisons.
import { comparisons, type RunFilter, type TextFunction, textFunctions } from './run-filter.ts';
import { filterError } from './run-filter-error.ts';
import { tokenizeFilter } from './run-filter-lexer.ts';
import type { FilterValue, RunFilterToken } from './run-filter-token.ts';

const maxLength = 4_096;
const maxDepth = 32;

/** @throws ServerError INVALID_PARAMETER_VALUE */
export function parseRunFilter(text: string): RunFilter {
  if (text.length > maxLength) {
    throw filterError(text, maxLength, `a filter may have ${maxLength} characters`);
  }
  return text.trim() === '' ? { kind: 'all' } : new RunFilterParser(text).parse();
}

class RunFilterParser {
  readonly #text: string;
  readonly #tokens: readonly RunFilterToken[];
  #index = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenizeFilter(text);
  }

  parse(): RunFilter {
    const filter = this.#or();
    if (this.#token().kind !== 'end') throw this.#expected("'and', 'or' or the end");
    return filter;
  }

  #or(): RunFilter {
    return this.#list('or', () => this.#list('and', () => this.#not()));
  }

  #list(kind: 'and' | 'or', term: () => RunFilter): RunFilter {
    const first = term();
    const more: RunFilter[] = [];
    while (this.#takeWord([kind]) !== null) more.push(term());
    return more.length === 0 ? first : { kind, terms: [first, ...more] };
  }

  #not(): RunFilter {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw this.#expected(`at most ${maxDepth} levels of brackets`);
    const filter =
      this.#takeWord(['not']) === null ? this.#term() : { kind: 'not' as const, term: this.#not() };
    this.#depth -= 1;
    return filter;
  }

  #term(): RunFilter {
    if (this.#takeSign('(')) {
      const filter = this.#or();
      this.#needSign(')');
      return filter;
    }
    const call = this.#takeWord(textFunctions);
    return call === null ? this.#comparison() : this.#call(call);
  }

  #call(call: TextFunction): RunFilter {
    this.#needSign('(');
    const { offset } = this.#token();
    const path = this.#path();
    this.#needSign(',');
    const value = this.#literal();
    if (typeof value !== 'string') throw this.#expected("a text such as 'model'");
    this.#needSign(')');
    return { kind: 'text', call, path, value, offset };
  }

  #comparison(): RunFilter {
    const { offset } = this.#token();
    const path = this.#path();
    if (this.#takeWord(['in']) !== null) {
      return { kind: 'in', path, values: this.#values(), offset };
    }
    const operator = this.#takeWord(comparisons);
    if (operator === null) throw this.#expected(`one of ${comparisons.join(', ')}, in`);
    return { kind: 'compare', operator, path, value: this.#literal(), offset };
  }

  #values(): readonly FilterValue[] {
    this.#needSign('(');
    const values = [this.#literal()];
    while (this.#takeSign(',')) values.push(this.#literal());
    this.#needSign(')');
    return values;
  }

  #path(): string {
    const token = this.#token();
    if (token.kind !== 'word') throw this.#expected('a property such as status or Tags/NAME');
    this.#index += 1;
    return token.text;
  }

  #literal(): FilterValue {
    const token = this.#token();
    if (token.kind !== 'literal') throw this.#expected("a value such as 'text' or 7");
    this.#index += 1;
    return token.value;
  }

  /** The word in lower case where it comes next. */
  #takeWord<Word extends string>(words: readonly Word[]): Word | null {
    const token = this.#token();
    if (token.kind !== 'word') return null;
    const found = words.find((word) => word === token.text.toLowerCase());
    if (found === undefined) return null;
    this.#index += 1;
    return found;
  }

  #takeSign(sign: string): boolean {
    const { kind, text } = this.#token();
    if (kind !== 'sign' || text !== sign) return false;
    this.#index += 1;
    return true;
  }

  #needSign(sign: string): void {
    if (!this.#takeSign(sign)) throw this.#expected(`'${sign}'`);
  }

  #token(): RunFilterToken {
    // The last token is the end, and nothing takes it.
    return this.#tokens[this.#index] ?? { kind: 'end', text: '', offset: this.#text.length };
  }

  #expected(what: string): Error {
    const { kind, text, offset } = this.#token();
    const found = kind === 'end' ? 'the end' : `'${text.slice(0, 60)}'`;
    return filterError(this.#text, offset, `expected ${what}, and not ${found}`);
  }
}
