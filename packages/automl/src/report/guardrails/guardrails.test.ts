import { RandomState } from '@ridgeline/learn';
import { describe, expect, it } from 'vitest';
import { reported, tableOf } from '../../../test/reported.ts';
import type { SearchInput } from '../../search/search-types.ts';
import { checkGuardrails } from './check-guardrails.ts';
import { percent } from './guardrail.ts';

type Columns = Parameters<typeof tableOf>[0];
type Task = 'regression' | 'classification';

const rowCount = 240;
/** Numbers from 0 to 1 that look random and are the same each time. */
const noise = (seed: number, count = rowCount) => {
  const random = new RandomState(seed);
  return Array.from({ length: count }, () => random.nextUint32() / 2 ** 32);
};
const target = noise(1);
const signal = target.map((value, i) => value + 0.3 * noise(2)[i]);
const classes = target.map((value) => (value > 0.5 ? 'yes' : 'no'));

function checked(columns: Columns, task: Task, more: Omit<SearchInput, 'train'> = {}) {
  const input = { train: tableOf(columns), ...more };
  const found = checkGuardrails(input, reported(input, 'y', task));
  return new Map(found.map((guardrail) => [guardrail.check, guardrail]));
}

const columnsOf = (found: ReturnType<typeof checked>, check: string) =>
  found.get(check)?.findings.map(({ column }) => column);

describe('leakage', () => {
  it.each<[string, (number | string)[]]>([
    ['a copy', target],
    ['a monotone function', target.map((value) => Math.exp(3 * value))],
    ['the opposite order', target.map((value) => -value)],
    ['the target with a little noise', target.map((value, i) => value + 0.01 * noise(3)[i])],
  ])('finds %s of a number', (_, leak) => {
    const found = checked({ y: target, signal, leak }, 'regression');
    expect(columnsOf(found, 'leakage')).toEqual(['leak']);
    expect(found.get('leakage')?.state).toBe('alerted');
  });

  it.each<[string, (number | string)[]]>([
    ['another name', classes.map((label) => (label === 'yes' ? 'sold' : 'open'))],
    ['a number', target.map((value) => (value > 0.5 ? 7 : 3))],
    ['a threshold', target],
    ['two values a class', target.map((value, i) => `${value > 0.5}${i % 2}`)],
  ])('finds %s of a class', (_, leak) => {
    const found = checked({ y: classes, signal, leak }, 'classification');
    expect(columnsOf(found, 'leakage')).toEqual(['leak']);
  });

  it('finds what tells three classes apart', () => {
    const y = target.map((value) => (value < 0.3 ? 'a' : value < 0.7 ? 'b' : 'c'));
    const leak = target.map((value) => (value < 0.3 ? 5 : value < 0.7 ? 1 : 3));
    expect(columnsOf(checked({ y, signal, leak }, 'classification'), 'leakage')).toEqual(['leak']);
  });

  it('does not take an id, a constant or an honest column for a leak', () => {
    const honest = {
      signal,
      id: target.map((_, i) => `row ${i}`),
      number: target.map((_, i) => (i * 7919) % 100_003),
      constant: target.map(() => 1),
    };
    expect(checked({ y: target, ...honest }, 'regression').get('leakage')?.state).toBe('passed');
    expect(checked({ y: classes, ...honest }, 'classification').get('leakage')?.state).toBe(
      'passed',
    );
  });
});

describe('identifiers', () => {
  it('finds columns that count, name or are named like an id, and not measurements', () => {
    const columns = {
      y: target,
      signal,
      row: target.map((_, i) => i + 1),
      customerId: target.map((_, i) => (i * 7919) % 100_003),
      code: target.map((_, i) => `c${(i * 31) % 997}`),
      city: target.map((_, i) => ['Bern', 'Rome'][i % 2]),
      weight: target.map((_, i) => ((i * 7919) % 100_003) + 1000),
    };
    expect(columnsOf(checked(columns, 'regression'), 'identifiers')).toEqual([
      'row',
      'customerId',
      'code',
    ]);
  });
});

describe('class balance', () => {
  it('tells a class with a fifth of the rows of another, and a class of few rows', () => {
    const y = target.map((_, i) => (i < 10 ? 'rare' : 'common'));
    const found = checked({ y, signal }, 'classification').get('class_balance');
    expect(found?.state).toBe('alerted');
    expect(found?.findings.map(({ value }) => value)).toEqual([10 / 230, 10]);
  });

  it('is not asked of a regression, and passes for classes of like size', () => {
    expect(checked({ y: target, signal }, 'regression').has('class_balance')).toBe(false);
    expect(checked({ y: classes, signal }, 'classification').get('class_balance')?.state).toBe(
      'passed',
    );
  });
});

describe('missing values', () => {
  it('tells of rows without a target, of gaps that are dealt with, and of columns mostly empty', () => {
    const columns = {
      y: target,
      signal,
      some: signal.map((value, i) => (i % 4 === 0 ? null : value)),
      most: signal.map((value, i) => (i % 4 === 0 ? value : null)),
    };
    const found = checked(columns, 'regression').get('missing_values');
    expect(found?.findings.map(({ column, state, value }) => [column, state, value])).toEqual([
      ['some', 'done', 0.25],
      ['most', 'alerted', 0.75],
    ]);
  });
});

it('tells of rows without a target', () => {
  const train = tableOf({ y: target, signal });
  const holes = tableOf({ y: target.map((value, i) => (i < 24 ? null : value)), signal });
  const found = checkGuardrails({ train: holes }, reported({ train }, 'y', 'regression'));
  const [missing] = found;
  expect(missing.findings).toEqual([
    {
      column: 'y',
      state: 'done',
      message: 'the target is missing in 24 of 240 rows; they were left out',
      value: 0.1,
    },
  ]);
});

describe('drift', () => {
  const city = target.map((_, i) => ['Bern', 'Rome', 'Oslo'][i % 3]);
  const test = (columns: Columns) => ({ test: tableOf({ y: target, signal, city, ...columns }) });

  it('passes for rows of the same kind', () => {
    const found = checked({ y: target, signal, city }, 'regression', test({}));
    expect(found.get('drift')?.state).toBe('passed');
  });

  it.each<[string, Columns, string[]]>([
    ['a column that moved', { signal: signal.map((value) => value + 1) }, ['signal']],
    [
      'a column that lost its values',
      { signal: signal.map((value, i) => (i % 2 ? value : null)) },
      ['signal'],
    ],
    [
      'levels in other shares',
      { city: city.map((value, i) => (i % 5 ? 'Oslo' : value)) },
      ['city'],
    ],
    [
      'levels never seen',
      { city: city.map((value) => (value === 'Oslo' ? 'Paris' : value)) },
      ['city', 'city'],
    ],
  ])('finds %s', (_, columns, expected) => {
    const found = checked({ y: target, signal, city }, 'regression', test(columns));
    expect(columnsOf(found, 'drift')).toEqual(expected);
  });

  it('is not asked without later rows', () => {
    expect(checked({ y: target, signal }, 'regression').has('drift')).toBe(false);
  });
});

describe('the other checks', () => {
  it('tell of few rows, and of more columns than rows', () => {
    const few = Object.fromEntries(
      Array.from({ length: 30 }, (_, j) => [`x${j}`, noise(j + 9, 20)]),
    );
    const found = checked({ y: noise(1, 20), ...few }, 'regression').get('amount_of_data');
    expect(found?.findings.map(({ value }) => value)).toEqual([20, 1.5]);
  });

  it('tell of rows that are there twice', () => {
    const twice = (values: readonly number[]) => [...values, ...values.slice(0, 60)];
    const found = checked({ y: twice(target), signal: twice(signal) }, 'regression');
    expect(found.get('repeated_rows')?.findings[0]?.value).toBe(0.2);
    expect(checked({ y: target, signal }, 'regression').get('repeated_rows')?.state).toBe('passed');
  });

  it('tell of columns that say nothing', () => {
    const found = checked({ y: target, signal, same: target.map(() => 3) }, 'regression');
    expect(columnsOf(found, 'unused_columns')).toEqual(['same']);
  });

  it('tell of names that are easily mixed up', () => {
    const found = checked({ y: target, Signal: signal, signal, ' x': noise(5) }, 'regression');
    expect(columnsOf(found, 'column_names')).toEqual(['signal', ' x']);
  });

  it('tell of many levels', () => {
    const levels = target.map((_, i) => `level ${i % 120}`);
    const found = checked({ y: target, signal, levels }, 'regression');
    expect(found.get('high_cardinality')?.findings.map(({ value }) => value)).toEqual([120]);
  });
});

it.each<[number, string]>([
  [0, '0 %'],
  [0.0004, 'less than 0.1 %'],
  [0.034, '3 %'],
  [0.1234, '12.3 %'],
  [1, '100 %'],
])('shows %d as %s', (share, shown) => {
  expect(percent(share)).toBe(shown);
});
