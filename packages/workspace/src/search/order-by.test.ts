import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RidgelineError } from '../errors.ts';
import { parseOrderBy } from './order-by.ts';
import type { SearchSpace } from './search-space.ts';

const space: SearchSpace = {
  noun: 'runs',
  entities: ['metric'],
  attributes: new Map([['start_time', { column: 'start_time', type: 'number' }]]),
};

describe('parseOrderBy', () => {
  test('reads names with their direction, ascending unless said otherwise', () => {
    expect(
      parseOrderBy(['metrics.`r m` DESC', 'start_time', 'metrics.x asc'], space),
    ).toMatchObject([
      { field: { entity: 'metric', key: 'r m', type: 'number' }, direction: 'desc' },
      { field: { entity: 'attribute', key: 'start_time', type: 'number' }, direction: 'asc' },
      { field: { entity: 'metric', key: 'x', type: 'number' }, direction: 'asc' },
    ]);
    expect(parseOrderBy(undefined, space)).toMatchObject([]);
  });

  test.each([
    ['metrics.x up', 'at character 11: expected ASC or DESC after metrics.x'],
    ['metrics.x desc desc', 'expected ASC or DESC'],
    ['', 'expected a name'],
    ['5', 'expected a name'],
    ['colour', "runs have no attribute 'colour'"],
    ['params.x', "'params' is nothing that runs have"],
  ])('%j is refused: %s', (clause, message) => {
    expect(() => parseOrderBy([clause], space)).toThrow(message);
  });

  test('the same field twice is refused', () => {
    const clauses = ['metrics.x', 'metrics.`x` desc'];
    expect(() => parseOrderBy(clauses, space)).toThrow('more than once');
  });

  test('more clauses than anyone needs are refused', () => {
    const clauses = Array.from({ length: 21 }, (_, index) => `metrics.x${index}`);
    expect(() => parseOrderBy(clauses, space)).toThrow('more than 20');
  });

  test('any text is read, or refused with INVALID_PARAMETER_VALUE', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (clause) => {
      try {
        parseOrderBy([clause], space);
      } catch (error) {
        expect(error).toBeInstanceOf(RidgelineError);
      }
    });
    fc.assert(property);
  });
});
