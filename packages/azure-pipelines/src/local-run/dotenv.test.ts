import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDotenv } from './dotenv.ts';

const read = (text: string) => Object.fromEntries(parseDotenv(text, 'a.env'));

describe('a dotenv file', () => {
  test.each([
    ['A=1\nB = two words \n', { A: '1', B: 'two words' }],
    ['# note\n\nexport A=x # behind\n', { A: 'x' }],
    ["A='single # $x \\n'\n", { A: 'single # $x \\n' }],
    ['A="line\\none \\"quoted\\" \\\\"\n', { A: 'line\none "quoted" \\' }],
    ['A="over\nlines"\nB=2', { A: 'over\nlines', B: '2' }],
    ['A=\nB=a=b\r\nA=later', { A: 'later', B: 'a=b' }],
    ['\uFEFFdotted.name-x=1', { 'dotted.name-x': '1' }],
  ])('%j', (text, values) => {
    expect(read(text)).toEqual(values);
  });

  test.each(['no assignment', '=x', '1A=x', 'A="not closed', "B=1\nA='not closed"])(
    'refuses %j by its line and without its value',
    (text) => {
      expect(() => read(text)).toThrow(/^a\.env:\d: expected NAME=value/);
      expect(() => read(text)).not.toThrow(/not closed$/);
    },
  );

  test('gives back whatever stands in double quotes, escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const escaped = value
          .replaceAll('\\', '\\\\')
          .replaceAll('"', '\\"')
          .replaceAll('\n', '\\n')
          .replaceAll('\r', '\\r');
        expect(read(`A="${escaped}"`)).toEqual({ A: value });
      }),
    );
  });

  test('never fails but by its own refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'A="\'\\\n #x') }), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SETTINGS_INVALID' });
        }
      }),
    );
  });
});
