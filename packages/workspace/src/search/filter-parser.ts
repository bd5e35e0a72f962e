// Reads a filter: comparisons joined by `and`. What each means and may be is resolved against the
// search space of the site; turning it into SQL is somebody else's.
import { checkText } from '../checks/check-text.ts';
import { tokenize } from './filter-lexer.ts';
import type { FilterToken, NameToken, NumberToken, StringToken } from './filter-token.ts';
import { searchError } from './search-error.ts';
import { resolveField, type SearchField, type SearchSpace } from './search-space.ts';

export const comparators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'ILIKE'] as const;
export type Comparator = (typeof comparators)[number];

const comparatorsOfType: Readonly<Record<SearchField['type'], readonly Comparator[]>> = {
  text: ['=', '!=', 'LIKE', 'ILIKE'],
  number: ['=', '!=', '<', '<=', '>', '>='],
};

/** One comparison: `value` has the type of `field`. */
export interface Condition {
  readonly field: SearchField;
  readonly comparator: Comparator;
  readonly value: string | number;
}

// Far above any real filter, and low enough that the database can take what becomes of it.
const maxFilterLength = 100_000;
const maxConditions = 100;
const maxPatternLength = 10_000;

/**
 * @param filter such as "metrics.rmse < 60 and tags.`data set` LIKE 'diab%'"; empty matches all.
 * @throws RidgelineError INVALID_PARAMETER_VALUE, with the place and what was expected.
 */
export function parseFilter(filter: string | undefined, space: SearchSpace): readonly Condition[] {
  if (filter === undefined) return [];
  if (checkText('filter', filter, maxFilterLength).trim() === '') return [];
  return new FilterParser(filter, space).conditions();
}

class FilterParser {
  readonly #filter: string;
  readonly #space: SearchSpace;
  readonly #tokens: readonly FilterToken[];
  #position = 0;

  constructor(filter: string, space: SearchSpace) {
    this.#filter = filter;
    this.#space = space;
    this.#tokens = tokenize('filter', filter);
  }

  conditions(): readonly Condition[] {
    const conditions = [this.#condition()];
    for (let token = this.#take(); token.kind !== 'end'; token = this.#take()) {
      if (!isWord(token, 'AND')) throw this.#unexpected(token, "'and' or the end of the filter");
      conditions.push(this.#condition());
      if (conditions.length > maxConditions) {
        throw this.#error(token, `at most ${maxConditions} comparisons are allowed`);
      }
    }
    return conditions;
  }

  #condition(): Condition {
    const name = this.#take();
    if (name.kind !== 'name') throw this.#unexpected(name, 'a name such as metrics.rmse');
    const field = resolveField(this.#space, name, 'filter', this.#filter);
    const comparator = this.#comparator(name, field);
    const token = this.#take();
    const value = this.#value(name, field, token);
    if (comparator.endsWith('LIKE') && String(value).length > maxPatternLength) {
      throw this.#error(token, `a pattern may have at most ${maxPatternLength} characters`);
    }
    return { field, comparator, value };
  }

  #comparator(name: NameToken, field: SearchField): Comparator {
    const token = this.#take();
    const comparator = comparators.find((word) => isWord(token, word) || isOperator(token, word));
    if (comparator === undefined) throw this.#unexpected(token, comparators.join(', '));
    const allowed = comparatorsOfType[field.type];
    if (!allowed.includes(comparator)) {
      const problem = `${name.text} is a ${field.type} and can be compared by ${allowed.join(', ')}`;
      throw this.#error(token, `${problem}, not by ${comparator}`);
    }
    return comparator;
  }

  #value(name: NameToken, field: SearchField, token: FilterToken): string | number {
    if (field.type === 'number') {
      if (isNumber(token)) return token.value;
      throw this.#unexpected(token, `a number to compare ${name.text} with`);
    }
    if (isString(token)) return token.value;
    throw this.#unexpected(token, `a text in quotes to compare ${name.text} with`);
  }

  #take(): FilterToken {
    const end = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#position, end)];
    if (token === undefined) throw new Error('a filter has at least its end token');
    this.#position += 1;
    return token;
  }

  #unexpected(token: FilterToken, expected: string): Error {
    const found = token.kind === 'end' ? 'the end' : token.text;
    return this.#error(token, `expected ${expected}, found ${found}`);
  }

  #error(token: FilterToken, problem: string): Error {
    return searchError('filter', this.#filter, token.offset, problem);
  }
}

function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'name' && token.text.toUpperCase() === word;
}

function isOperator(token: FilterToken, word: string): boolean {
  return token.kind === 'operator' && token.text === word;
}

function isNumber(token: FilterToken): token is NumberToken {
  return token.kind === 'number' && Number.isFinite(token.value);
}

function isString(token: FilterToken): token is StringToken {
  return token.kind === 'string';
}
