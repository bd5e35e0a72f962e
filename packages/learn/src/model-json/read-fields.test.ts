import { describe, expect, it } from 'vitest';
import { LearnError } from '../errors.ts';
import {
  bool,
  finite,
  integer,
  invalidField,
  labels,
  list,
  oneOf,
  record,
  text,
} from './read-fields.ts';

describe('a field of a model', () => {
  it('comes back in its type', () => {
    expect(record({ a: 1 }, 'x')).toEqual({ a: 1 });
    expect(text('', 'x')).toBe('');
    expect(finite(-1.5, 'x')).toBe(-1.5);
    expect(integer(0, 'x')).toBe(0);
    expect(integer(-1, 'x', { min: -1 })).toBe(-1);
    expect(bool(false, 'x')).toBe(false);
    expect(oneOf('b', 'x', ['a', 'b'])).toBe('b');
    expect(oneOf(null, 'x', ['a', null])).toBe(null);
    expect(list([1, 2], 'x', finite)).toEqual([1, 2]);
    expect(labels(['a', 1, true], 'x')).toEqual(['a', 1, true]);
    expect(labels(['a'], 'x', { minLength: 1 })).toEqual(['a']);
  });

  it.each<[string, () => unknown]>([
    ['x is not an object', () => record(null, 'x')],
    ['x is not an object', () => record([], 'x')],
    ['x is not a text', () => text(1, 'x')],
    ['x is too long a text', () => text('y'.repeat(2 ** 20 + 1), 'x')],
    ['x is not a finite number', () => finite(Number.POSITIVE_INFINITY, 'x')],
    ['x is not a finite number', () => finite('1', 'x')],
    ['x is not a whole number from 0 to 3', () => integer(4, 'x', { max: 3 })],
    ['x is not a whole number from 0', () => integer(0.5, 'x')],
    ['x is not a whole number from 0', () => integer(2 ** 53, 'x')],
    ['x is not true or false', () => bool(0, 'x')],
    ['x is not one of a, b', () => oneOf('c', 'x', ['a', 'b'])],
    ['x is not a list', () => list({ length: 1 }, 'x', finite)],
    ['x at index 1 is not a finite number', () => list([1, null], 'x', finite)],
    ['x has 3 items, and 2 are expected', () => list([1, 2, 3], 'x', finite, { length: 2 })],
    ['x has 3 items; expected are 0 to 2', () => list([1, 2, 3], 'x', finite, { maxLength: 2 })],
    ['x has 1 items', () => labels(['a'], 'x')],
    ['x has a label twice', () => labels(['a', 'b', 'a'], 'x')],
    ['x at index 1 is not a text, a finite number', () => labels(['a', null], 'x')],
    ['x at index 0 is not a text, a finite number', () => labels([Number.NaN, 1], 'x')],
  ])('is refused: %s', (problem, call) => {
    expect(call).toThrow(LearnError);
    expect(call).toThrow(problem);
  });

  it('is named in an error that says what to do', () => {
    expect(invalidField('x is odd')).toMatchObject({
      code: 'MODEL_INVALID',
      status: 422,
      message: 'the model cannot be read: x is odd; save it again from the run that made it',
    });
  });
});
