import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RidgelineError } from '../errors.ts';
import { checkKey } from './check-key.ts';
import { checkInteger, checkName, checkOneOf, checkText } from './check-text.ts';

describe('keys of metrics, params and tags', () => {
  test.each([
    'rmse',
    'train/loss',
    'mlflow.parentRunId',
    'a b',
    'a-b_c.d',
    'top:5',
    'größe',
    '精度',
    'x'.repeat(250),
  ])('%s is a key', (key) => {
    expect(checkKey('metric', key)).toBe(key);
  });

  test.each([
    ['', 'must not be empty'],
    ['a\nb', 'names may only contain'],
    ['a*b', 'names may only contain'],
    ['💥', 'names may only contain'],
    ['x'.repeat(251), 'had length 251'],
    ['../up', 'as a path'],
    ['a/../b', "as a path it would mean 'b'"],
    ['/a', 'as a path'],
    ['a/', 'as a path'],
    ['a//b', 'as a path'],
    ['.', 'as a path'],
    ['..', 'as a path'],
    ['./a', 'as a path'],
    ['\ud800', 'not valid Unicode'],
    ['a\0b', 'NUL'],
    [undefined, 'must be a string'],
    [5, 'must be a string'],
    [{ toString: () => 'a' }, 'must be a string'],
  ])('%j is no key: %s', (key, problem) => {
    expect(() => checkKey('metric', key)).toThrow(problem);
  });

  test('whatever comes is a key or INVALID_PARAMETER_VALUE', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.anything());
    const property = fc.property(anything, (value) => {
      try {
        expect(checkKey('tag', value)).toBe(value);
      } catch (error) {
        expect(error).toBeInstanceOf(RidgelineError);
        expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE', status: 400 });
      }
    });
    fc.assert(property);
  });
});

describe('text', () => {
  test('length counts characters, and not UTF-16 units', () => {
    expect(checkText('name', '🏔'.repeat(10), 10)).toHaveLength(20);
    expect(() => checkText('name', '🏔'.repeat(11), 10)).toThrow('had length 11, at most 10');
  });

  test('a message never grows with the value', () => {
    expect(() => checkText('value', 'x'.repeat(1e6), 10)).toThrow(/^.{0,200}$/);
  });

  test('a name of blanks is no name', () => {
    expect(() => checkName('name', ' \t', 10)).toThrow('name must not be empty');
  });
});

describe('numbers and words', () => {
  test.each([1.5, Number.NaN, 2 ** 53, '5', null, -1, 11])(
    '%j is no whole number from 0 to 10',
    (value) => {
      expect(() => checkInteger('count', value, 0, 10)).toThrow('a whole number from 0 to 10');
    },
  );

  test('a word that is not in the list is refused with the list', () => {
    expect(() => checkOneOf('status', 'DONE', ['RUNNING', 'FINISHED'])).toThrow(
      "status must be one of RUNNING, FINISHED, got 'DONE'",
    );
  });
});
