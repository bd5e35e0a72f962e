// Reads a filter: comparisons joined by `and`. What each means and may be is resolved against the
// search space of the site; turning it into SQL is somebody else's.
import { checkText } from '../checks/check-text.ts';
import { type Condition, comparators, comparatorsOf } from './condition.ts';
import type { FilterToken, NameToken } from './filter-token.ts';
import { resolveField, type SearchField, type SearchSpace } from './search-space.ts';
import { isMark, isWord, TokenReader } from './token-reader.ts';

// Far above any real filter, and low enough that the database can take what becomes of it.
const maxFilterLength = 100_000;
const maxConditions = 100;
const maxPatternLength = 10_000;
const maxListLength = 1_000;

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
  readonly #space: SearchSpace;
  readonly #tokens: TokenReader;

  constructor(filter: string, space: SearchSpace) {
    this.#space = space;
    this.#tokens = new TokenReader(filter);
  }

  conditions(): readonly Condition[] {
    const tokens = this.#tokens;
    const conditions = [this.#condition()];
    for (let token = tokens.take(); token.kind !== 'end'; token = tokens.take()) {
      if (!isWord(token, 'AND')) throw tokens.unexpected(token, "'and' or the end of the filter");
      conditions.push(this.#condition());
      if (conditions.length > maxConditions) {
        throw tokens.error(token, `at most ${maxConditions} comparisons are allowed`);
      }
    }
    return conditions;
  }

  #condition(): Condition {
    const name = this.#tokens.take();
    if (name.kind !== 'name') throw this.#tokens.unexpected(name, 'a name such as metrics.rmse');
    const field = resolveField(this.#space, name, 'filter', this.#tokens.text);
    const comparator = this.#comparator(name, field);
    switch (comparator) {
      case 'IS NULL':
      case 'IS NOT NULL':
        return { field, comparator };
      case 'IN':
      case 'NOT IN':
        return { field, comparator, values: this.#list(name, field) };
      default:
        return { field, comparator, value: this.#single(name, field, comparator) };
    }
  }

  #comparator(name: NameToken, field: SearchField): Condition['comparator'] {
    const token = this.#tokens.take();
    const comparator = this.#comparatorFrom(token);
    const allowed = comparatorsOf(field);
    if (comparator === undefined) throw this.#tokens.unexpected(token, allowed.join(', '));
    if (!allowed.includes(comparator)) {
      const kind = field.type === 'id' ? 'text' : field.type;
      const problem = `${name.text} is a ${kind} and can be compared by ${allowed.join(', ')}`;
      throw this.#tokens.error(token, `${problem}, not by ${comparator}`);
    }
    return comparator;
  }

  #comparatorFrom(token: FilterToken): Condition['comparator'] | undefined {
    if (isWord(token, 'IN')) return 'IN';
    if (isWord(token, 'NOT')) {
      this.#word('IN');
      return 'NOT IN';
    }
    if (isWord(token, 'IS')) {
      const isNot = isWord(this.#tokens.peek(), 'NOT');
      if (isNot) this.#tokens.take();
      this.#word('NULL');
      return isNot ? 'IS NOT NULL' : 'IS NULL';
    }
    const isOperator = token.kind === 'operator';
    return comparators.find((word) => isWord(token, word) || (isOperator && token.text === word));
  }

  #word(word: 'IN' | 'NULL'): void {
    const token = this.#tokens.take();
    if (!isWord(token, word)) throw this.#tokens.unexpected(token, word);
  }

  #single(name: NameToken, field: SearchField, comparator: string): string | number {
    const token = this.#tokens.take();
    const value = this.#value(name, field, token);
    if (comparator.endsWith('LIKE') && String(value).length > maxPatternLength) {
      throw this.#tokens.error(token, `a pattern may have at most ${maxPatternLength} characters`);
    }
    return value;
  }

  /** In parentheses; a comma may stand after the last one. */
  #list(name: NameToken, field: SearchField): readonly (string | number)[] {
    const opening = this.#tokens.take();
    const example = "a list such as ('a', 'b')";
    if (!isMark(opening, '(')) throw this.#tokens.unexpected(opening, example);
    const values: (string | number)[] = [];
    do {
      values.push(this.#value(name, field, this.#tokens.take()));
      if (values.length > maxListLength) {
        throw this.#tokens.error(opening, `a list may have at most ${maxListLength} values`);
      }
    } while (this.#hasNext());
    return values;
  }

  #hasNext(): boolean {
    const token = this.#tokens.take();
    if (isMark(token, ')')) return false;
    if (!isMark(token, ',')) throw this.#tokens.unexpected(token, "',' or ')'");
    if (!isMark(this.#tokens.peek(), ')')) return true;
    this.#tokens.take();
    return false;
  }

  #value(name: NameToken, field: SearchField, token: FilterToken): string | number {
    if (field.type === 'number') {
      if (token.kind === 'number' && Number.isFinite(token.value)) return token.value;
      throw this.#tokens.unexpected(token, `a number to compare ${name.text} with`);
    }
    if (token.kind !== 'string') {
      throw this.#tokens.unexpected(token, `a text in quotes to compare ${name.text} with`);
    }
    if (field.type === 'text') return token.value;
    if (/^\d{1,15}$/.test(token.value)) return Number(token.value);
    throw this.#tokens.unexpected(token, `a number in quotes to compare ${name.text} with`);
  }
}
