import { expect, test } from 'vitest';
import { describeGarbage } from '../output/describe-garbage.ts';
import { parseAge } from './gc-command.ts';

test.each([
  ['0d', 0],
  ['30d', 2_592_000_000],
  ['12h', 43_200_000],
  ['2d8h5m20s', 201_920_000],
  ['5s', 5_000],
])('%s is %d ms', (text, ms) => {
  expect(parseAge(text)).toBe(ms);
});

test.each(['', '30', 'd', '-1d', '1.5d', '1w', '5m1h', ' 1d', '999999d'])(
  '%j is no age',
  (text) => {
    expect(() => parseAge(text)).toThrow('expected an age such as 30d');
  },
);

const report = {
  dryRun: false,
  experiments: 1,
  runs: 12,
  loggedModels: 0,
  files: 1,
  bytes: 1_300_000,
  kept: 0,
  more: false,
};

test.each([
  [report, 'removed 1 experiment, 12 runs, 0 logged models, with 1 file of 1.2 MiB'],
  [
    { ...report, bytes: 0 },
    'removed 1 experiment, 12 runs, 0 logged models, with 1 file of 0 bytes',
  ],
  [
    { ...report, dryRun: true, bytes: 1_023, more: true, kept: 2 },
    'would remove 1 experiment, 12 runs, 0 logged models, with 1 file of 1023 bytes\n' +
      'and more than that\n' +
      'kept, as registered model versions stand on their files: 2',
  ],
])('%o is told in words', (garbage, words) => {
  expect(describeGarbage(garbage)).toBe(words);
});
