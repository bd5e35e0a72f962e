import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from './decimal.ts';
import { decimals } from './testing.fixture.ts';

describe('a decimal read from a text', () => {
  test.each([
    ['1', '1'],
    ['1.50', '1.5'],
    ['-0', '0'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['  12 ', '12'],
    ['1,234,567.25', '1234567.25'],
    ['007', '7'],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
    ['0.0000000000000000000000000001', '0.0000000000000000000000000001'],
  ])('%j has the digits %s', (text, digits) => {
    expect(Decimal.parse(text)?.toFullText()).toBe(digits);
  });

  test.each([
    '',
    ' ',
    '.',
    '-',
    'one',
    '1e5',
    '0x10',
    '1.2.3',
    ',1',
    '1.2,3',
    '1 2',
    '∞',
    '79228162514264337593543950336',
  ])('%j is none', (text) => {
    expect(Decimal.parse(text)).toBeUndefined();
  });

  test('keeps 28 places, the last one rounded to the nearest, halves to even', () => {
    const places = (digits: string) => Decimal.parse(`0.${'0'.repeat(27)}${digits}`)?.toFullText();
    expect(places('25')).toBe(`0.${'0'.repeat(27)}2`);
    expect(places('35')).toBe(`0.${'0'.repeat(27)}4`);
    expect(places('251')).toBe(`0.${'0'.repeat(27)}3`);
    expect(places(`25${'0'.repeat(99)}1`)).toBe(`0.${'0'.repeat(27)}3`);
  });

  test('gives up places for digits before the point, never those digits', () => {
    expect(Decimal.parse('7922816251426433759354395033.44')?.toFullText()).toBe(
      '7922816251426433759354395033.4',
    );
  });

  test('of a million digits is refused without being worked out', () => {
    expect(Decimal.parse('9'.repeat(1_000_000))).toBeUndefined();
    expect(Decimal.parse(`${'0'.repeat(1_000_000)}1`)?.toFullText()).toBe('1');
  });
});

describe('a decimal as text', () => {
  test.each([
    ['1.12345678', '1.1234568'],
    ['1.00000005', '1.0000001'],
    ['-1.00000005', '-1.0000001'],
    ['0.00000004', '0'],
    ['-0.00000004', '0'],
    ['100', '100'],
  ])('%s shows at most seven places: %s', (text, shown) => {
    expect(Decimal.parse(text)?.toString()).toBe(shown);
  });
});

test.each([
  [0.1, '0.1'],
  [-2.5, '-2.5'],
  [1e21, '1000000000000000000000'],
  [1.5e25, '15000000000000000000000000'],
  [1e-7, '0.0000001'],
  [-1.25e-9, '-0.00000000125'],
  [5e-324, '0'],
])('the double %d is the decimal %s', (value, digits) => {
  expect(Decimal.fromNumber(value)?.toFullText()).toBe(digits);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e29, -1e300])('%d is no decimal', (value) => {
  expect(Decimal.fromNumber(value)).toBeUndefined();
});

test('whole numbers that are no doubles differ', () => {
  const large = Decimal.parse('9007199254740993');
  const below = Decimal.parse('9007199254740992');
  expect(large && below && large.compareTo(below)).toBe(1);
});

test('property: the full text reads back as the same number', () => {
  fc.assert(
    fc.property(decimals, (decimal) => {
      expect(Decimal.parse(decimal.toFullText())?.compareTo(decimal)).toBe(0);
    }),
  );
});

test('property: the order is that of the numbers', () => {
  const cents = fc.bigInt(-(10n ** 20n), 10n ** 20n);
  const ofCents = (value: bigint) => Decimal.parse(`${value}`.replace(/(\d{1,2})$/u, '.$1'));
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      const [left, right] = [ofCents(a * 100n), ofCents(b * 100n)];
      expect(left && right && Math.sign(left.compareTo(right))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('property: every double in range keeps its shortest digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
      fc.pre(value === 0 || Math.abs(value) > 1e-9);
      expect(Decimal.fromNumber(value)?.toNumber()).toBe(value === 0 ? 0 : value);
    }),
  );
});
