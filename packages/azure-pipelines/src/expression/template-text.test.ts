import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from './casts.ts';
import { parseTemplateText, runtimeExpressionOf } from './template-text.ts';
import { mistakeOf, valueOfText } from './testing.fixture.ts';

function expand(text: string): string {
  return parseTemplateText(text)
    .map((part) => (part.kind === 'literal' ? part.text : textOf(valueOfText(part.text))))
    .join('');
}

describe('the parts of a text', () => {
  test('are literals and expressions, each with its place', () => {
    expect(parseTemplateText('a${{ b }}c${{d}}')).toEqual([
      { kind: 'literal', text: 'a', offset: 0 },
      { kind: 'expression', text: ' b ', offset: 4 },
      { kind: 'literal', text: 'c', offset: 9 },
      { kind: 'expression', text: 'd', offset: 13 },
    ]);
  });

  test('an empty text has none; one without expressions is one literal', () => {
    expect(parseTemplateText('')).toEqual([]);
    expect(parseTemplateText('$(a) $[ b ] {{ }}')).toHaveLength(1);
  });

  test('braces in quotes close nothing, and quotes in quotes are doubled', () => {
    expect(expand("${{ format('{{{0}}}', 'it''s }}') }}!")).toBe("{it's }}}!");
  });

  test('the literal text "${{" is written as a text in an expression', () => {
    expect(expand("${{ 'x${{y' }}")).toBe('x${{y');
  });

  test.each([
    ['a ${{ b', 2, 'the expression is not closed; end it with "}}"'],
    ["${{ 'b }}", 0, 'the expression is not closed; a text in it is not closed by a quote'],
    ['${{ a }} ${{ b }', 9, 'the expression is not closed; end it with "}}"'],
  ])('%s is not closed', (text, offset, message) => {
    expect(mistakeOf(() => parseTemplateText(text))).toMatchObject({
      code: 'EXPRESSION_NOT_CLOSED',
      offset,
      message,
    });
  });
});

describe('values inside a text', () => {
  test('row 15.5: a${{ true }} is aTrue', () => {
    expect(expand('a${{ true }}')).toBe('aTrue');
  });

  test('row 15.6: ${{ 1.50 }} is 1.5', () => {
    expect(expand('v${{ 1.50 }}')).toBe('v1.5');
  });

  test('null is nothing', () => {
    expect(textOf(null)).toBe('');
  });
});

describe('a value that is $[ ] as a whole', () => {
  test.each([
    ["$[ variables['x'] ]", " variables['x'] ", 2],
    ['  $[a[0]]  ', 'a[0]', 4],
    ['$[\n a\n]', '\n a\n', 2],
  ])('%j holds %j', (text, expression, offset) => {
    expect(runtimeExpressionOf(text)).toEqual({ text: expression, offset });
  });

  test.each(['a$[ b ]', '$[ b ]c', '$[ b', '', '$(b)'])('%j is none', (text) => {
    expect(runtimeExpressionOf(text)).toBeUndefined();
  });
});

test('property: the parts with their braces are the text again', () => {
  const pieces = fc.constantFrom('${{', '}}', "'", "''", 'a', ' ', '{', '}', '$');
  const texts = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      mistakeOf(() => {
        const parts = parseTemplateText(text);
        const whole = parts.map((part) => {
          expect(text.startsWith(part.text, part.offset)).toBe(true);
          return part.kind === 'literal' ? part.text : `\${{${part.text}}}`;
        });
        expect(whole.join('')).toBe(text);
      });
    }),
    { numRuns: 1000 },
  );
});
