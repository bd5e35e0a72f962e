import { describe, expect, test } from 'vitest';
import { mistakeOf, plainOfText, valueOfText } from '../testing.fixture.ts';
import { genericFunctions } from './generic-functions.ts';

const contexts = {
  variables: { name: 'Main', missing: null },
  parameters: {
    list: ['a', 1, true, null, { b: 1 }],
    nested: { text: 'a"b\n', number: 1.5, yes: true, nothing: null, empty: {}, list: [[], [1]] },
  },
  pipeline: { startTime: new Date('2026-03-04T05:06:07.089Z') },
};

test.each([
  // Decisions
  ['and(true, 1, variables.name)', true],
  ["and(true, '')", false],
  ["or(false, '', 0)", false],
  ["not('')", true],
  ['xor(true, 1)', false],
  ['xor(true, variables.missing)', true],
  ["coalesce(variables.missing, '', 0, 1)", 0],
  ["coalesce('', variables.missing)", null],
  ["iif(eq(1, 1), 'yes', 'no')", 'yes'],
  ["iif('', 'yes', 2)", 2],
  // Texts
  ["contains('Pull Request', 'pull')", true],
  ["contains('abc', '')", true],
  ["contains('abc', 'd')", false],
  ["startsWith('refs/heads/Main', 'REFS/HEADS')", true],
  ["endsWith('refs/heads/Main', variables.name)", true],
  ['contains(123, 2)', true],
  ["lower('ÀB')", 'àb'],
  ["upper('àb')", 'ÀB'],
  ["trim('  a b\t')", 'a b'],
  ["replace('a.b.c', '.', '-')", 'a-b-c'],
  ["replace('Aa', 'a', 'b')", 'Ab'],
  ["replace('abc', '', 'x')", 'abc'],
  ["replace('a$b', '$', '$$')", 'a$$b'],
  ["split('a,b,,c', ',')", ['a', 'b', '', 'c']],
  ["split('a,b;c', ',;')", ['a', 'b', 'c']],
  ["split('', ',')", ['']],
  ["split('a b', '')", ['a', 'b']],
  ["substring('abcdef', 2, 3)", 'cde'],
  ["substring('abcdef', 4)", 'ef'],
  ["substring('abc', 3)", ''],
  // Collections
  ["length('abc')", 3],
  ['length(parameters.list)', 5],
  ['length(parameters.nested)', 6],
  ['length(12.50)', 4],
  ['length(variables.missing)', 0],
  ["join('-', parameters.list)", 'a-1-True--'],
  ["join('-', 'plain')", 'plain'],
  ["join('-', parameters.nested)", ''],
  ["join(',', parameters.nested.list)", ','],
  // Formats
  ["format('{0} is {1}', variables.name, 1.50)", 'Main is 1.5'],
  ["format('{1}{0}{1}', 'a', 'b')", 'bab'],
  ["format('{{{0}}} {{}}', 'a')", '{a} {}'],
  ["format('plain')", 'plain'],
  ["format('{0}', variables.missing)", ''],
  ["format('{0:yyyyMMdd}', pipeline.startTime)", '20260304'],
  [
    "format('{0:yyyy\\-MM\\-dd HH\\:mm\\:ss\\.fff}', pipeline.startTime)",
    '2026-03-04 05:06:07.089',
  ],
  ["format('{0:\\}}}', pipeline.startTime)", '}'],
  ["format('{0}', pipeline.startTime)", '2026-03-04 05:06:07+00:00'],
  // JSON
  ["convertToJson('a')", '"a"'],
  ['convertToJson(variables.missing)', 'null'],
  ['convertToJson(1.2.3)', '"1.2.3"'],
])('%s is %j', (text, value) => {
  expect(plainOfText(text, contexts)).toEqual(value);
});

test('convertToJson() indents by two spaces and keeps the order', () => {
  expect(plainOfText('convertToJson(parameters.nested)', contexts)).toBe(
    [
      '{',
      '  "text": "a\\"b\\n",',
      '  "number": 1.5,',
      '  "yes": true,',
      '  "nothing": null,',
      '  "empty": {},',
      '  "list": [',
      '    [],',
      '    [',
      '      1',
      '    ]',
      '  ]',
      '}',
    ].join('\n'),
  );
});

describe('a call that cannot be answered says why', () => {
  test.each([
    [
      "format('{a}')",
      'a "{" stands alone in the text of format(); write "{{" for the brace itself',
    ],
    ["format('}')", 'a "}" stands alone in the text of format(); write "}}" for the brace itself'],
    ["format('{0')", 'a "{" stands alone'],
    ["format('{1}', 'a')", 'format() has no argument {1}; the last one is {0}'],
    ["format('{0}')", 'format() has no argument {0}; there are none'],
    ["format('{0:yyyy}', 'a')", 'cannot apply ":yyyy" to a value of kind String'],
    ["format('{0:tt}', pipeline.startTime)", '"tt" is no time format'],
    ["format('{0}', parameters.list)", 'write join(…) or convertToJson(…)'],
    ["substring('abc', 2, 5)", 'cannot take 5 characters from position 2 of a text of 3'],
    ["substring('abc', -1)", 'cannot take 4 characters from position -1 of a text of 3'],
    ["substring('abc', 0.5, 1)", 'cannot take 1 characters from position 0.5'],
    [
      'lower(parameters.nested)',
      'a value of kind Object stands where one of kind String is needed',
    ],
    ['length(parameters.list.*.b.*)', undefined],
  ])('%s', (text, message) => {
    const found = mistakeOf(() => valueOfText(text, contexts))?.message;
    if (message === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(message);
  });
});

test('every function of the language is there', () => {
  const names = [
    ...['and', 'coalesce', 'contains', 'containsValue', 'convertToJson', 'endsWith', 'eq'],
    ...['format', 'ge', 'gt', 'iif', 'in', 'join', 'le', 'length', 'lower', 'lt', 'ne', 'not'],
    ...['notIn', 'or', 'replace', 'split', 'startsWith', 'substring', 'trim', 'upper', 'xor'],
  ];
  expect([...genericFunctions.values()].map((generic) => generic.name).sort()).toEqual(names);
});
