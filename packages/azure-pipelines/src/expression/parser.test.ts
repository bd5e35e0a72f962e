import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from './decimal.ts';
import { type Expression, walk } from './expression.ts';
import { maxExpressionDepth, maxExpressionLength, parseExpression, parseSyntax } from './parser.ts';
import { printExpression } from './print-expression.ts';
import { expressions, knownNames, mistakeOf, scribbles } from './testing.fixture.ts';
import { VersionValue } from './version-value.ts';

const known = {
  names: new Set<string>(['variables', 'stageDependencies']),
  functions: new Set<string>(['succeeded']),
};

/** The tree without its offsets. */
function shapeOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'offset') return undefined;
    if (value instanceof Decimal) return `number ${value.toFullText()}`;
    return value instanceof VersionValue ? `version ${value}` : value;
  });
}

describe('the one spelling', () => {
  test.each([
    ["and(succeeded(),eq( variables.x ,'y'))", "and(succeeded(), eq(variables['x'], 'y'))"],
    ["variables['Build.Reason']", "variables['Build.Reason']"],
    ['StageDependencies.a.b.outputs', "StageDependencies['a']['b']['outputs']"],
    ['variables.*.name', "variables[*]['name']"],
    ['variables[*]', 'variables[*]'],
    ["split('a,b', ',')[0]", "split('a,b', ',')[0]"],
    ['variables[variables.x]', "variables[variables['x']]"],
    ['1.50', '1.5'],
    ['TRUE', 'True'],
    ["'it''s'", "'it''s'"],
  ])('%s is printed as %s', (text, printed) => {
    expect(printExpression(parseExpression(text, known))).toBe(printed);
  });
});

describe('a mistake says where it stands and what is expected', () => {
  test.each([
    ['', 0, 'the expression ends where a value is expected'],
    ['  ', 2, 'the expression ends where a value is expected'],
    ['eq(1', 4, 'the expression ends where "," or ")" is expected'],
    ['eq(1,)', 5, '")" stands where a value is expected'],
    ['eq(1 2)', 5, '"2" stands where "," or ")" is expected'],
    ['variables.', 10, 'the expression ends where the name of a property is expected'],
    ['variables.5', 10, '"5" stands where the name of a property is expected'],
    ['variables[', 10, 'the expression ends where a value is expected'],
    ["variables['a'", 13, 'the expression ends where "]" is expected'],
    ['variables variables', 10, '"variables" stands where the end of the expression is expected'],
    ["'a'.b", 3, '"." stands where the end of the expression is expected'],
    ['(1)', 0, '"(" stands where a value is expected'],
    ['*', 0, '"*" stands where a value is expected'],
  ])('%j', (text, offset, message) => {
    expect(mistakeOf(() => parseSyntax(text))).toMatchObject({
      code: 'EXPRESSION_SYNTAX_ERROR',
      offset,
      message,
    });
  });

  test.each([
    [
      'variabels.x',
      'EXPRESSION_NAME_UNKNOWN',
      '"variabels" is not known here; variables, stageDependencies can be used. Did you mean "variables"?',
    ],
    [
      'suceeded()',
      'EXPRESSION_FUNCTION_UNKNOWN',
      'there is no function "suceeded" here. Did you mean "succeeded"?',
    ],
    ['eq(1)', 'EXPRESSION_SYNTAX_ERROR', 'eq() takes 2 arguments, not 1'],
    ['and(true)', 'EXPRESSION_SYNTAX_ERROR', 'and() takes 2 or more arguments, not 1'],
    ['not()', 'EXPRESSION_SYNTAX_ERROR', 'not() takes 1 argument, not 0'],
    ["substring('a')", 'EXPRESSION_SYNTAX_ERROR', 'substring() takes 2 to 3 arguments, not 1'],
  ])('%s', (text, code, message) => {
    expect(mistakeOf(() => parseExpression(text, known))).toMatchObject({ code, message });
  });

  test('the functions of a place may say how many arguments they take', () => {
    const functions = new Map([['Always', { minimum: 0, maximum: 0 }]]);
    const parse = (text: string) => () => parseExpression(text, { names: new Set(), functions });
    expect(mistakeOf(parse('always()'))).toBeUndefined();
    expect(mistakeOf(parse("not(always('A'))"))).toMatchObject({
      offset: 4,
      message: 'always() takes 0 arguments, not 1',
    });
    expect(mistakeOf(parse('never()'))?.message).toContain('there is no function "never" here.');
  });

  test('an unknown name is no mistake until someone asks for it', () => {
    expect(mistakeOf(() => parseSyntax('nobody.knows(1)'))).toBeDefined();
    expect(mistakeOf(() => parseSyntax('nobody.knows[me(1)]'))).toBeUndefined();
  });
});

describe('limits', () => {
  test(`${maxExpressionDepth} levels are too many`, () => {
    const nested = (levels: number) => `${'not('.repeat(levels)}true${')'.repeat(levels)}`;
    expect(mistakeOf(() => parseSyntax(nested(maxExpressionDepth - 1)))).toBeUndefined();
    expect(mistakeOf(() => parseSyntax(nested(maxExpressionDepth)))?.message).toBe(
      'the expression is nested more than 50 levels deep; split it into variables',
    );
  });

  test('a path of thousands of dots is long, not deep', () => {
    const path = `variables${'.a'.repeat(10_000)}`;
    expect([...walk(parseSyntax(path))]).toHaveLength(10_002);
  });

  test(`more than ${maxExpressionLength} characters are too many`, () => {
    expect(mistakeOf(() => parseSyntax(`'${'a'.repeat(maxExpressionLength)}'`))?.message).toBe(
      'the expression has 21002 characters; at most 21000 may be written in one',
    );
  });
});

test('property: an expression that is printed parses to the same tree', () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      expect(shapeOf(parseSyntax(printExpression(expression)))).toBe(shapeOf(expression));
    }),
    { numRuns: 500 },
  );
});

test('property: whatever parses prints to something that parses to the same tree', () => {
  fc.assert(
    fc.property(scribbles, (text) => {
      mistakeOf(() => {
        const expression = parseSyntax(text);
        expect(shapeOf(parseSyntax(printExpression(expression)))).toBe(shapeOf(expression));
      });
    }),
    { numRuns: 1000 },
  );
});

test('property: offsets point at what they belong to', () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      const text = printExpression(expression);
      for (const part of walk(parseSyntax(text))) {
        if (part.kind !== 'name' && part.kind !== 'call') continue;
        expect(text.startsWith(part.name, part.offset)).toBe(true);
        if (part.kind === 'name') expect(knownNames).toContain(part.name);
      }
    }),
  );
});
