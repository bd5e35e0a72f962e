import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

test.each([
  ['BMY', ['AGE', 'BMI'], `; did you mean 'BMI'?`],
  ['bmi', ['AGE', 'BMI'], `; did you mean 'BMI'?`],
  ['targt', ['target', 'tart'], `; did you mean 'target'?`],
  ['weight', ['AGE', 'BMI'], ''],
  ['x', [], ''],
])('%s among %j gives "%s"', (name, candidates, expected) => {
  expect(didYouMean(name, candidates)).toBe(expected);
});
