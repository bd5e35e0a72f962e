import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import type { Label } from './estimator.ts';
import { encodeLabels, mostProbable } from './label-codes.ts';
import { checkedWeights } from './sample-weight.ts';

describe('encodeLabels', () => {
  it('gives every label a code that leads back to it', () => {
    const label = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const labels = fc.array(label, { minLength: 2 }).filter((y) => new Set(y).size > 1);
    fc.assert(
      fc.property(labels, (y) => {
        const { classes, codes } = encodeLabels(y);
        expect(Array.from(codes, (code) => classes[code])).toEqual(y);
      }),
    );
  });

  it.each<[Label[], Label[]]>([
    [
      [10, 9, -1],
      [-1, 9, 10],
    ],
    [
      [true, false],
      [false, true],
    ],
    [
      ['b', 'B', 'a'],
      ['B', 'a', 'b'],
    ],
    [
      ['1', 1],
      [1, '1'],
    ],
  ])('orders %j as %j', (y, classes) => {
    expect(encodeLabels(y).classes).toEqual(classes);
  });

  it('does not tell -0 from 0, as JSON does not', () => {
    const { classes, codes } = encodeLabels([-0, 0, 1]);
    expect(classes).toEqual([0, 1]);
    expect([...codes]).toEqual([0, 0, 1]);
  });

  it('keeps to the classes given, which a fold may lack', () => {
    expect(encodeLabels(['b', 'b'], ['c', 'b', 'a'])).toEqual({
      classes: ['c', 'b', 'a'],
      codes: Int32Array.of(1, 1),
    });
  });

  it.each<[string, () => unknown, string, string]>([
    ['no labels', () => encodeLabels([]), 'DATA_EMPTY', 'no labels'],
    ['one class', () => encodeLabels(['a', 'a']), 'DATA_ONE_CLASS', "the only class is 'a'"],
    ['no class given', () => encodeLabels(['a'], []), 'DATA_ONE_CLASS', 'there is no class'],
    [
      'a class twice',
      () => encodeLabels(['a'], ['a', 'b', 'a']),
      'DATA_LABEL_INVALID',
      'a class twice',
    ],
    ['a strange label', () => encodeLabels(['z'], ['a', 'b']), 'DATA_LABEL_INVALID', "is 'z'"],
    ['NaN', () => encodeLabels([1, Number.NaN]), 'DATA_LABEL_INVALID', 'y at index 1'],
    ['an object', () => encodeLabels([{} as never, 1]), 'DATA_LABEL_INVALID', 'is an object'],
    ['too few', () => encodeLabels([1, 2], undefined, 3), 'SHAPE_MISMATCH', 'x has 3'],
    [
      'more classes than an identifier has',
      () => encodeLabels(Int32Array.from({ length: 10_001 }, (_, i) => i)),
      'DATA_OUT_OF_RANGE',
      'more than 10000 classes',
    ],
  ])('refuses %s', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

it('mostProbable takes the first of equals', () => {
  const probabilities = matrixFromRows([
    [0.2, 0.4, 0.4],
    [0.5, 0.5, 0],
  ]);
  expect(mostProbable(probabilities, ['a', 'b', 'c'])).toEqual(['b', 'a']);
});

it('checkedWeights refuses weights whose sum overflows', () => {
  const error = errorOf(() => checkedWeights([1e308, 1e308], 2));
  expect(error.code).toBe('DATA_OUT_OF_RANGE');
  expect(error.message).toContain('divide the weights');
  expect(checkedWeights(undefined, 2)).toBeNull();
});
