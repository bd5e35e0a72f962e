import { expect, test } from 'vitest';
import { planColumns } from './column-plan.ts';

const features = [
  { name: 'AGE', type: 'double', required: true, missingTexts: new Set<string>() },
  { name: 'BMI', type: 'double', required: true, missingTexts: new Set<string>() },
] as const;

test('features are found by name, wherever they stand', () => {
  const planned = planColumns(features, ['ID', 'BMI', 'AGE', 'Y']);
  expect(planned.map(({ name, index }) => [name, index])).toEqual([
    ['AGE', 2],
    ['BMI', 1],
  ]);
});

test.each([
  [['AGE', 'Y'], "the input has no column 'BMI', which the model needs; its columns are AGE, Y"],
  [
    ['age', 'bmi'],
    "the input has no columns 'AGE', 'BMI', which the model needs; its columns are age, bmi",
  ],
])('of the columns %j a missing feature is named', (header, message) => {
  expect(() => planColumns(features, header)).toThrow(
    expect.objectContaining({ code: 'BATCH_COLUMN_MISSING', message }),
  );
});

test('an input that has scores already is refused, rather than given two columns of one name', () => {
  expect(() => planColumns(features, ['AGE', 'BMI', 'score'])).toThrow(
    expect.objectContaining({ code: 'BATCH_INPUT_HAS_SCORE' }),
  );
});
