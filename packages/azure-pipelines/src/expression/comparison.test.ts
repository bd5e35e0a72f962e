// Casts and comparisons: the left operand decides.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { castToText, textOf } from './casts.ts';
import { evaluationContext } from './evaluation-context.ts';
import { evaluate } from './evaluator.ts';
import { parseSyntax } from './parser.ts';
import { mistakeOf, plainOfText, valueOfText, values } from './testing.fixture.ts';
import type { Value } from './value.ts';

const contexts = {
  parameters: { flag: false, list: [1], other: [1], map: { a: 1 } },
  pipeline: { startTime: new Date('2026-01-31T10:00:00Z') },
};

describe('a boolean and a text', () => {
  test("row 15.1: eq(parameters.flag, 'false') of a boolean false is False", () => {
    expect(textOf(valueOfText("eq(parameters.flag, 'false')", contexts))).toBe('False');
  });

  test("row 15.2: eq('false', parameters.flag) of a boolean false is True", () => {
    expect(textOf(valueOfText("eq('false', parameters.flag)", contexts))).toBe('True');
  });

  test("row 14.2: eq(true, 'false') is True, and eq(false, 'false') is not", () => {
    expect(plainOfText("eq(true, 'false')")).toBe(true);
    expect(plainOfText("eq(false, 'false')")).toBe(false);
  });
});

describe('equal, by the kind of the left operand', () => {
  test.each([
    // Boolean
    'eq(false, variables.missing)',
    "eq(false, '')",
    'eq(false, 0)',
    'eq(true, 2)',
    'eq(true, parameters.map)',
    'eq(true, 1.2.3)',
    // String
    "eq('true', true)",
    "eq('1.5', 1.50)",
    "eq('', variables.missing)",
    "eq('ABC', 'abc')",
    "eq('1.2.3', 1.2.3)",
    "eq('2026-01-31 10:00:00+00:00', pipeline.startTime)",
    // Number
    "eq(1, ' 1.0 ')",
    "eq(1000, '1,000')",
    "eq(0, '')",
    'eq(0, variables.missing)',
    'eq(1, true)',
    // Null
    'eq(variables.missing, variables.missing)',
    "eq(variables.missing, '')",
    // Version and time
    "eq(1.2.3, '1.2.3')",
    "eq(pipeline.startTime, '2026-01-31T11:00:00+01:00')",
    // Arrays and objects: the very same one
    'eq(parameters.list, parameters.list)',
    'eq(parameters, parameters)',
  ])('%s', (text) => {
    expect(plainOfText(text, { ...contexts, variables: {} })).toBe(true);
    expect(plainOfText(text.replace(/^eq/u, 'ne'), { ...contexts, variables: {} })).toBe(false);
  });

  test.each([
    "eq(1, 'one')",
    'eq(1, parameters.list)',
    'eq(1, 1.2.3)',
    "eq('a', parameters.map)",
    "eq(variables.missing, '0')",
    'eq(variables.missing, false)',
    'eq(variables.missing, 0)',
    "eq(1.2.3, '1.2')",
    'eq(1.2.3, true)',
    "eq(pipeline.startTime, 'today')",
    'eq(parameters.list, parameters.other)',
    "eq(parameters.map, 'Object')",
  ])('%s is not', (text) => {
    expect(plainOfText(text, { ...contexts, variables: {} })).toBe(false);
    expect(plainOfText(text.replace(/^eq/u, 'ne'), { ...contexts, variables: {} })).toBe(true);
  });
});

describe('order', () => {
  test.each([
    ["lt('10', '9')", true],
    ['lt(10, 9)', false],
    ["lt(9, '10')", true],
    ["lt('a', 'B')", true],
    ["gt('b', 'A')", true],
    ["le('A', 'a')", true],
    ["ge('a', 'A')", true],
    ['lt(1.2.3, 1.2.10)', true],
    ["lt(1.2.3, '1.2.3.0')", true],
    ["gt(1.2.3, '1.3')", false],
    ['gt(2.0.0, 1.9)', true],
    ['gt(true, false)', true],
    ['lt(variables.missing, 1)', true],
    ["gt(pipeline.startTime, '2026-01-31 09:59:59Z')", true],
  ])('%s is %s', (text, result) => {
    expect(plainOfText(text, { ...contexts, variables: {} })).toBe(result);
  });

  test.each([
    ["lt(1, 'one')", 'String', 'Number'],
    ['lt(parameters.list, 1)', 'Array', 'Number'],
    ["lt('a', parameters.list)", 'Array', 'String'],
    ["lt(1.2.3, 'new')", 'String', 'Version'],
    ['lt(pipeline.startTime, 5)', 'Number', 'DateTime'],
  ])('%s cannot be told', (text, from, to) => {
    const mistake = mistakeOf(() => valueOfText(text, contexts));
    expect(mistake?.code).toBe('EXPRESSION_FAILED');
    expect(mistake?.message).toContain(`a value of kind ${from} stands where one of kind ${to} is`);
  });
});

describe('membership', () => {
  test.each([
    ["in('b', 'a', 'B')", true],
    ["notIn('b', 'a', 'B')", false],
    ["in('c', 'a', 'b')", false],
    ['in(1, true)', true],
    ["containsValue(parameters.list, '1')", true],
    ['containsValue(parameters.map, 1)', true],
    ['containsValue(parameters.map, 2)', false],
    ["containsValue('abc', 'a')", false],
  ])('%s is %s', (text, result) => {
    expect(plainOfText(text, contexts)).toBe(result);
  });
});

function callWith(name: string, a: Value, b: Value): Value {
  const context = evaluationContext({ a, b });
  return evaluate(parseSyntax(`${name}(a, b)`), context);
}

test('property: ne, in and notIn follow from eq', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const isEqual = callWith('eq', a, b);
      expect(callWith('ne', a, b)).toBe(!isEqual);
      expect(callWith('in', a, b)).toBe(isEqual);
      expect(callWith('notIn', a, b)).toBe(!isEqual);
    }),
  );
});

test('property: everything equals itself', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(callWith('eq', value, value)).toBe(true);
    }),
  );
});

test('property: where there is an order, exactly one of lt, eq and gt holds', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const orders = ['lt', 'gt', 'le', 'ge'].map((name) => {
        let result: Value | undefined;
        mistakeOf(() => {
          result = callWith(name, a, b);
        });
        return result;
      });
      const [lt, gt, le, ge] = orders;
      if (lt === undefined) expect(orders.every((result) => result === undefined)).toBe(true);
      else expect([le, ge, lt && gt]).toEqual([!gt, !lt, false]);
    }),
  );
});

test('property: a text equals whatever has that text', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = castToText(value);
      if (text !== undefined) expect(callWith('eq', text, value)).toBe(true);
    }),
  );
});
