import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex } from './lexer.ts';
import { mistakeOf, scribbles } from './testing.fixture.ts';

function kinds(text: string): string[] {
  return lex(text).map((token) => token.kind);
}

describe('tokens', () => {
  test('words, texts and punctuation, with white space of any kind between', () => {
    expect(kinds("eq ( a.b\t[ 'c' ]\n, * )")).toEqual([
      ...['word', '(', 'word', '.', 'word', '[', 'literal', ']', ',', '*', ')', 'end'],
    ]);
  });

  test.each([
    ["''", ''],
    ["'it''s'", "it's"],
    ["'}}'", '}}'],
    ['TRUE', true],
    ['False', false],
  ])('%s is the value %j', (text, value) => {
    expect(lex(text)[0]).toMatchObject({ kind: 'literal', value, offset: 0 });
  });

  test.each([
    ['1', '1'],
    ['-1.50', '-1.5'],
    ['+.5', '0.5'],
    ['.5', '0.5'],
    ['1.2.3', '1.2.3'],
    ['1.2.3.4', '1.2.3.4'],
  ])('%s is the number or version %s', (text, shown) => {
    const [token] = lex(text);
    expect(token?.kind === 'literal' && String(token.value)).toBe(shown);
  });

  test('a point begins a number only where a value may stand', () => {
    expect(kinds('a.true')).toEqual(['word', '.', 'word', 'end']);
    expect(kinds('f(.5)')).toEqual(['word', '(', 'literal', ')', 'end']);
    expect(kinds('a.5')).toEqual(['word', '.', 'literal', 'end']);
  });

  test('a name may have hyphens after its first letter', () => {
    expect(lex('parameters.my-name').map((token) => token.text)).toEqual([
      ...['parameters', '.', 'my-name', ''],
    ]);
  });
});

describe('a mistake says where it stands and what to do', () => {
  test.each([
    ['a == b', 2, 'there is no operator "=="; write eq(a, b)'],
    ['a && b', 2, 'there is no operator "&&"; write and(a, b)'],
    ['!a', 0, 'there is no operator "!"; write not(a)'],
    ['a - b', 2, 'there is no operator "-"; expressions do not calculate'],
    ["eq(a, 'b", 6, 'the text is not closed; end it with a single quote'],
    ['"a"', 0, '""a"": a text stands in single quotes'],
    ['1e5', 0, '"1e5" is no number and no version; put a text in single quotes'],
    ['1.2.3.4.5', 0, '"1.2.3.4.5" is no number and no version; put a text in single quotes'],
    ['§', 0, '"§" is not part of an expression'],
  ])('%s', (text, offset, message) => {
    expect(mistakeOf(() => lex(text))).toMatchObject({
      code: 'EXPRESSION_SYNTAX_ERROR',
      offset,
      message,
    });
  });
});

test('property: every character of a text is in a token, in white space, or a mistake', () => {
  fc.assert(
    fc.property(scribbles, (text) => {
      const mistake = mistakeOf(() => {
        let end = 0;
        for (const token of lex(text)) {
          expect(text.slice(end, token.offset).trim()).toBe('');
          expect(text.startsWith(token.text, token.offset)).toBe(true);
          end = token.offset + token.text.length;
        }
        expect(end).toBe(text.length);
      });
      if (mistake !== undefined) expect(mistake.offset).toBeLessThan(text.length);
    }),
    { numRuns: 1000 },
  );
});
