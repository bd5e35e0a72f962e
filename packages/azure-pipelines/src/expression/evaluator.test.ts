import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContextFunction, evaluationContext } from './evaluation-context.ts';
import { evaluate } from './evaluator.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { parseSyntax } from './parser.ts';
import { fromPlain } from './plain.ts';
import { expressions, mistakeOf, plainOfText, valueOfText, values } from './testing.fixture.ts';
import { isTruthy, memberOf, objectOf } from './value.ts';

const contexts = {
  variables: { 'Build.Reason': 'Manual', x: 'a', empty: '' },
  parameters: {
    envs: [{ name: 'dev', Hosts: ['h1', 'h2'] }, { name: 'prd', hosts: ['h3'] }, 'odd', { id: 1 }],
    map: { One: 1, two: { deep: true } },
    list: ['a', 'b', 'c'],
  },
};

describe('access', () => {
  test.each([
    ['variables.X', 'a'],
    ["variables['build.reason']", 'Manual'],
    ['VARIABLES.x', 'a'],
    ['variables.missing', null],
    ['variables.missing.further[0].still', null],
    ['parameters.list[1]', 'b'],
    ["parameters.list['1']", 'b'],
    ['parameters.list[1.9]', 'b'],
    ['parameters.list[3]', null],
    ['parameters.list[-1]', null],
    ["parameters.list['one']", null],
    ['parameters.map.ONE', 1],
    ["variables.x['0']", null],
    ["split('a,b', ',')[1]", 'b'],
    ['parameters.map[parameters.list]', null],
  ])('%s is %j', (text, value) => {
    expect(plainOfText(text, contexts)).toEqual(value);
  });

  test.each([
    ['parameters.envs.*.name', ['dev', 'prd']],
    ['parameters.envs[*].name', ['dev', 'prd']],
    ['parameters.envs.*.hosts.*', ['h1', 'h2', 'h3']],
    ['parameters.envs.*.hosts[0]', ['h1', 'h3']],
    ['parameters.map.*', [1, { deep: true }]],
    ['parameters.map.*.deep', [true]],
    ['variables.x.*', []],
    ['variables.missing.*.a', []],
  ])('the filter %s is %j', (text, value) => {
    expect(plainOfText(text, contexts)).toEqual(value);
  });

  test('a filter makes an array: an index behind it goes into each item, not into it', () => {
    expect(plainOfText("join('+', parameters.envs.*.name)", contexts)).toBe('dev+prd');
    expect(plainOfText('parameters.list.*[0]', contexts)).toEqual([]);
    expect(plainOfText('length(parameters.list.*)', contexts)).toBe(3);
  });

  test('a context may refuse names that it does not have, and the mistake stands at the access', () => {
    const whenMissing = (name: string): never => {
      throw new ExpressionMistake('EXPRESSION_FAILED', 0, `no parameter "${name}"`);
    };
    const context = evaluationContext({ parameters: objectOf([['a', 1 < 2]], whenMissing) });
    const evaluateText = (text: string) => evaluate(parseSyntax(text), context);
    expect(evaluateText("coalesce('x', parameters.B)")).toBe('x');
    expect(mistakeOf(() => evaluateText('not(parameters.B)'))).toMatchObject({
      code: 'EXPRESSION_FAILED',
      offset: 14,
      message: 'no parameter "B"',
    });
    expect(mistakeOf(() => evaluateText('iif(true, 1, parameters.B)'))).toBeDefined();
  });

  test('a context that is a function is asked once, and only when it is named', () => {
    let asked = 0;
    const lazy = () => {
      asked += 1;
      return objectOf([['a', 'x']]);
    };
    const context = evaluationContext({ lazy, other: null });
    evaluate(parseSyntax('other'), context);
    expect(asked).toBe(0);
    expect(evaluate(parseSyntax("format('{0}{1}', lazy.a, LAZY.a)"), context)).toBe('xx');
    expect(asked).toBe(1);
  });
});

describe('what counts as true', () => {
  test.each([
    [null, false],
    ['', false],
    ['False', true],
    [0, false],
    [-1, true],
    [[], true],
    [{}, true],
  ])('%j: %s', (plain, result) => {
    expect(isTruthy(fromPlain(plain))).toBe(result);
  });
});

describe('what is not needed is not evaluated', () => {
  test.each([
    ['and(false, nobody)', false],
    ['or(true, nobody)', true],
    ["coalesce('', variables.missing, 'c', nobody)", 'c'],
    ["in('a', 'a', nobody)", true],
    ["notIn('a', 'a', nobody)", false],
    ["format('{0}', 'a', nobody)", 'a'],
  ])('%s is %j', (text, value) => {
    expect(plainOfText(text, contexts)).toBe(value);
  });

  test.each(['and(true, nobody)', 'xor(true, nobody)', 'iif(true, 1, nobody)'])(
    '%s needs it',
    (text) => {
      expect(mistakeOf(() => valueOfText(text, contexts))).toMatchObject({
        code: 'EXPRESSION_NAME_UNKNOWN',
        message: '"nobody" is not known here; variables, parameters can be used.',
      });
    },
  );
});

describe('functions of the place', () => {
  const functions: Record<string, ContextFunction> = {
    Status: { minimum: 0, maximum: 1, call: ([name = null]) => name ?? 'all' },
    broken: {
      minimum: 0,
      maximum: 0,
      call: () => {
        throw new ExpressionMistake('EXPRESSION_FAILED', 0, 'broken');
      },
    },
  };

  test('are called in any case, with their arguments evaluated', () => {
    expect(valueOfText('STATUS()', {}, { functions })).toBe('all');
    expect(valueOfText("status(upper('a'))", {}, { functions })).toBe('A');
  });

  test('their arguments are counted, and their mistakes stand at the call', () => {
    expect(mistakeOf(() => valueOfText('status(1, 2)', {}, { functions }))?.message).toBe(
      'status() takes 0 to 1 arguments, not 2',
    );
    expect(mistakeOf(() => valueOfText('not(broken())', {}, { functions }))?.offset).toBe(4);
  });
});

describe('no expression can ask for all memory', () => {
  test.each([
    "replace(replace(replace(variables.big, 'a', variables.big), 'a', variables.big), 'a', variables.big)",
    "join(variables.big, split(variables.big, 'a'))",
    `format('${'{0}'.repeat(2000)}', variables.long)`,
  ])('%.40s', (text) => {
    const variables = { big: 'a'.repeat(10_000), long: 'b'.repeat(100_000) };
    expect(mistakeOf(() => valueOfText(text, { variables }))?.message).toBe(
      'the expression makes more than 20 MB of data; make its texts and lists smaller',
    );
  });

  test('data that is too deep is refused, not walked', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(mistakeOf(() => fromPlain(deep))?.message).toContain('more than 200 levels deep');
  });
});

test('property: evaluating throws nothing but ExpressionMistake', () => {
  const lines: string[] = [];
  const trace = { info: (line: string) => lines.push(line), verbose: () => undefined };
  fc.assert(
    fc.property(expressions, values, values, (expression, variables, parameters) => {
      lines.length = 0;
      const context = evaluationContext({ variables, parameters }, {}, trace);
      const mistake = mistakeOf(() => evaluate(expression, context));
      expect(lines.at(-1)?.startsWith('Result: ')).toBe(mistake === undefined);
    }),
    { numRuns: 2000 },
  );
});

test('property: a trace changes no value', () => {
  const trace = { info: () => undefined, verbose: () => undefined };
  fc.assert(
    fc.property(expressions, values, (expression, variables) => {
      const plain = evaluationContext({ variables, parameters: null });
      const traced = evaluationContext({ variables, parameters: null }, {}, trace);
      const results = [plain, traced].map((context) => {
        let result: unknown;
        const mistake = mistakeOf(() => {
          result = evaluate(expression, context);
        });
        return [result, mistake?.message];
      });
      expect(results[1]).toEqual(results[0]);
    }),
  );
});

test('the names of objects may be any text', () => {
  const object = fromPlain(JSON.parse('{"__proto__": 1, "constructor": 2}'));
  const context = evaluationContext({ o: object });
  expect(evaluate(parseSyntax("format('{0}{1}', o.__proto__, o.constructor)"), context)).toBe('12');
  expect(evaluate(parseSyntax('o.toString'), context)).toBeNull();
  expect(memberOf(objectOf([['A', 'x']]), 'a')).toBe('x');
});
