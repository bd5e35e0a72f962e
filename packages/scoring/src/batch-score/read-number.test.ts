import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from './read-number.ts';

const column = { name: 'BMI', type: 'double', required: true } as const;

test.each([
  ['1', 1],
  ['-0.5', -0.5],
  ['+2', 2],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['1E-3', 0.001],
  [' 7 ', 7],
  ['1e-400', 0],
])('%j is a number', (text, value) => {
  expect(readNumber(text, column)).toBe(value);
});

test.each([
  [null, "column 'BMI' has no value"],
  [undefined, "column 'BMI' has no value"],
  ['', "column 'BMI' has no value"],
  ['  ', "column 'BMI' has no value"],
  ['NA', "column 'BMI' is 'NA', not a number"],
  ['NaN', "column 'BMI' is 'NaN', not a number"],
  ['Infinity', "column 'BMI' is 'Infinity', not a number"],
  ['0x1F', "column 'BMI' is '0x1F', not a number"],
  ['1_000', "column 'BMI' is '1_000', not a number"],
  ['1,5', "column 'BMI' is '1,5', not a number"],
  ['1 2', "column 'BMI' is '1 2', not a number"],
  ['true', "column 'BMI' is 'true', not a number"],
  ['.', "column 'BMI' is '.', not a number"],
  ['1e400', "column 'BMI' is '1e400', beyond the range of a double"],
  ['x'.repeat(50), `column 'BMI' is '${'x'.repeat(40)}…', not a number`],
])('%j is a reason', (text, reason) => {
  expect(readNumber(text, column)).toBe(reason);
});

test('truths are numbers where the model was trained on truths', () => {
  const truth = { name: 'SMOKER', type: 'boolean', required: true } as const;
  expect(['true', 'False', '1', '0'].map((text) => readNumber(text, truth))).toEqual([1, 0, 1, 0]);
  expect(readNumber('yes', truth)).toBe("column 'SMOKER' is 'yes', not a number");
});

test('every finite number that JavaScript writes is read back as it was', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readNumber(String(value), column)).toBe(Number(String(value)));
    }),
  );
});
