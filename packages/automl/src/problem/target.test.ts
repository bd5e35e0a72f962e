import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { inferTask } from './infer-task.ts';
import { targetLike, targetOf } from './target.ts';

const numbers = (...values: number[]) => {
  return Table.fromColumns([numberColumn('y', 'double', Float64Array.from(values))]);
};
const texts = (...values: (string | null)[]) => Table.fromColumns([stringColumn('y', values)]);

describe('the target', () => {
  it('leaves rows without a value out', () => {
    const target = targetOf(numbers(1, Number.NaN, 3, 4), 'y', 'regression');
    expect([...target.rows]).toEqual([0, 2, 3]);
    expect([...target.values]).toEqual([1, 3, 4]);
  });

  it('orders classes: numbers by size, text by code unit', () => {
    expect(targetOf(texts('b', 'a', 'B', 'a'), 'y', 'classification').classes).toEqual([
      'B',
      'a',
      'b',
    ]);
    expect(targetOf(numbers(10, 9, 9, 10), 'y', 'classification').classes).toEqual([9, 10]);
  });

  it('takes other rows by the same classes, and leaves classes out that it never saw', () => {
    const target = targetOf(texts('a', 'b', 'a', 'b'), 'y', 'classification');
    const other = targetLike(target, texts('b', 'new', null, 'a'));
    expect([...other.rows]).toEqual([0, 3]);
    expect([...other.values]).toEqual([1, 0]);
  });

  it.each([
    ['no value at all', numbers(Number.NaN, Number.NaN), 'regression', 'no value in any row'],
    ['a constant', numbers(5, 5, 5), 'regression', 'is 5 in every row'],
    ['text for a regression', texts('low', 'high'), 'regression', 'set the task to classification'],
    ['an infinity', numbers(1, Number.POSITIVE_INFINITY), 'regression', 'is Infinity in row 2'],
    ['a table without rows', numbers(), 'regression', 'has no rows; give data with rows'],
    ['numbers too large', numbers(1e300, 2e300), 'regression', 'goes up to 2e+300; at most 1e+37'],
    ['numbers too small', numbers(1e-310, 2e-310), 'regression', 'too close together'],
    ['a hair', numbers(1e15, 1e15 + 1, 1e15 + 2), 'regression', 'subtract a number'],
    ['one class', texts('a', 'a', null), 'classification', "is 'a' in every row"],
    ['all distinct text', texts('a', 'b', 'c', 'd'), 'classification', 'looks like an id'],
    [
      'measurements for a classification',
      numbers(...Array.from({ length: 60 }, (_, i) => Math.floor(i / 2) + 0.5)),
      'classification',
      'set the task to regression',
    ],
  ] as const)('refuses %s', (_, table, task, message) => {
    expect(() => targetOf(table, 'y', task)).toThrow(message);
  });

  it('speaks for a task', () => {
    const whole = (values: Float64Array) => {
      return inferTask(Table.fromColumns([numberColumn('y', 'long', values)]), 'y');
    };
    expect(inferTask(texts('a', 'b'), 'y')).toBe('classification');
    expect(inferTask(numbers(0.5, 1), 'y')).toBe('regression');
    expect(whole(Float64Array.from({ length: 100 }, (_, i) => i % 3))).toBe('classification');
    expect(whole(Float64Array.from({ length: 100 }, (_, i) => i))).toBe('regression');
  });
});
