import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const paths = ['--model', 'm', '--input', 'i', '--output', 'o'];

test('reads every option', () => {
  const words = [...paths, '--error-threshold', '3', '--model-name', 'n', '--json'];
  expect(readArguments(words)).toEqual({
    modelFolder: 'm',
    inputPath: 'i',
    outputPath: 'o',
    errorThreshold: 3,
    modelName: 'n',
    json: true,
  });
});

test.each([[['--error-threshold', '-1']], [['--error-threshold=-1']]])(
  '%j is no limit',
  (words) => {
    expect(readArguments([...words, ...paths])).toMatchObject({ errorThreshold: -1 });
  },
);

test.each([['--help'], ['-h']])('%s wins over what is missing', (word) => {
  expect(readArguments([word])).toBe('help');
});

test.each([
  [[], /--model is required/],
  [['--model', 'm'], /--input is required/],
  [paths.slice(0, 4), /--output is required/],
  [[...paths, '--error-threshold', '-2'], /--error-threshold is '-2'/],
  [[...paths, '--error-threshold', 'ten'], /--error-threshold is 'ten'/],
  [[...paths, '--error-treshold', '1'], /error-treshold/],
  [[...paths, 'more'], /more/],
  [['--model'], /--model/],
])('%j is wrong usage', (words, message) => {
  expect(() => readArguments(words)).toThrow(
    expect.objectContaining({
      code: 'BATCH_ARGUMENT_INVALID',
      message: expect.stringMatching(message),
    }),
  );
});
