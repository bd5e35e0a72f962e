// Cuts a search text into tokens. Knows the shapes of words, and not what may follow what.
import type { FilterToken, NameToken, StringToken } from './filter-token.ts';
import { type SearchArgument, searchError } from './search-error.ts';

const space = /\s*/y;
const number = /[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
const operator = /<=|>=|!=|[=<>]/y;
const punctuation = /[(),]/y;
const firstWord = /[\p{L}_][\p{L}\p{N}_]*/uy;
const furtherWord = /[\p{L}\p{N}_]+/uy;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function tokenize(argument: SearchArgument, text: string): readonly FilterToken[] {
  return new FilterLexer(argument, text).tokens();
}

class FilterLexer {
  readonly #argument: SearchArgument;
  readonly #text: string;
  #offset = 0;

  constructor(argument: SearchArgument, text: string) {
    this.#argument = argument;
    this.#text = text;
  }

  tokens(): readonly FilterToken[] {
    const tokens: FilterToken[] = [];
    do {
      this.#take(space);
      tokens.push(this.#next());
    } while (tokens.at(-1)?.kind !== 'end');
    return tokens;
  }

  #next(): FilterToken {
    const offset = this.#offset;
    if (offset >= this.#text.length) return { kind: 'end', text: '', offset };
    const character = this.#text[offset];
    if (character === "'" || character === '"') return this.#string(character);
    const digits = this.#take(number);
    if (digits !== null) return { kind: 'number', value: Number(digits), text: digits, offset };
    const comparison = this.#take(operator);
    if (comparison !== null) return { kind: 'operator', text: comparison, offset };
    const mark = this.#take(punctuation);
    if (mark !== null) return { kind: 'punctuation', text: mark, offset };
    return this.#name();
  }

  #string(quote: string): StringToken {
    const offset = this.#offset;
    const value = this.#quoted(quote);
    return { kind: 'string', value, text: this.#text.slice(offset, this.#offset), offset };
  }

  #name(): NameToken {
    const offset = this.#offset;
    const parts = [this.#namePart(firstWord)];
    while (this.#text[this.#offset] === '.') {
      this.#offset += 1;
      parts.push(this.#namePart(furtherWord));
    }
    return { kind: 'name', parts, text: this.#text.slice(offset, this.#offset), offset };
  }

  #namePart(word: RegExp): string {
    const character = this.#text[this.#offset];
    // A double-quoted text is a key only after a dot; standing alone it is a value.
    if (character === '`' || (character === '"' && word === furtherWord)) {
      return this.#quoted(character);
    }
    const part = this.#take(word);
    if (part !== null) return part;
    const found = this.#offset < this.#text.length ? `'${this.#characterHere()}'` : 'the end';
    throw this.#error(this.#offset, `expected a name, a number or a quoted text, found ${found}`);
  }

  /** Within quotes, the same quote written twice stands for one. */
  #quoted(quote: string): string {
    const start = this.#offset;
    let value = '';
    for (;;) {
      const end = this.#text.indexOf(quote, this.#offset + 1);
      if (end === -1) throw this.#error(start, `the quote ${quote} is never closed`);
      value += this.#text.slice(this.#offset + 1, end);
      this.#offset = end + 1;
      if (this.#text[this.#offset] !== quote) return value;
      value += quote;
    }
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null) return null;
    this.#offset = pattern.lastIndex;
    return match[0];
  }

  #characterHere(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#offset) ?? 0);
  }

  #error(offset: number, problem: string): Error {
    return searchError(this.#argument, this.#text, offset, problem);
  }
}
