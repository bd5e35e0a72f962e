// Walks over the tokens of a filter, and says of one that does not fit where it stands.
import { tokenize } from './filter-lexer.ts';
import type { FilterToken } from './filter-token.ts';
import { searchError } from './search-error.ts';

export class TokenReader {
  readonly text: string;
  readonly #tokens: readonly FilterToken[];
  #position = 0;

  constructor(filter: string) {
    this.text = filter;
    this.#tokens = tokenize('filter', filter);
  }

  /** After the last one, the end again and again. */
  take(): FilterToken {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  peek(): FilterToken {
    const end = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#position, end)];
    if (token === undefined) throw new Error('a filter has at least its end token');
    return token;
  }

  unexpected(token: FilterToken, expected: string): Error {
    const found = token.kind === 'end' ? 'the end' : token.text;
    return this.error(token, `expected ${expected}, found ${found}`);
  }

  error(token: FilterToken, problem: string): Error {
    return searchError('filter', this.text, token.offset, problem);
  }
}

export function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'name' && token.text.toUpperCase() === word;
}

export function isMark(token: FilterToken, mark: '(' | ')' | ','): boolean {
  return token.kind === 'punctuation' && token.text === mark;
}
