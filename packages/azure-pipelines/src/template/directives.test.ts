// Rows 14.1, 14.3, 14.4 and 14.5: typing, lists and insertions, chains of conditions, loops.

import { describe, expect, it } from 'vitest';
import { compile, expand, scriptOf } from './compile.fixture.ts';

const object = (value: string) => `parameters:\n- name: o\n  type: object\n  default: ${value}`;

async function stepsOf(text: string): Promise<unknown> {
  return (await expand(text)).steps;
}

async function firstFinding(text: string): Promise<string | undefined> {
  return (await compile(text)).diagnostics[0];
}

describe('row 14.1: an expression alone keeps its type', () => {
  it.each([
    ['${{ true }}', true],
    ['${{ 1 }}', 1],
    ["${{ 'a' }}", 'a'],
    ['"${{ 1 }}"', 1],
    ['${{ parameters.o.missing }}', null],
    ['${{ parameters.o.list }}', ['x', 'y']],
    ['${{ parameters.o.map }}', { k: 'v' }],
    ['${{ 1 }}2', '12'],
    ['a${{ parameters.o.missing }}b', 'ab'],
    ['${{ true }}${{ false }}', 'TrueFalse'],
    ['" ${{ 1 }}"', ' 1'],
    ["${{ format('{{{0}}}', 'x') }}", '{x}'],
    ["${{ 'x${{y' }}", 'x${{y'],
    ["a${{ '}}' }}b", 'a}}b'],
    ['${{ convertToJson(parameters.o.list) }}', '[\n  "x",\n  "y"\n]'],
    ['${{ 12345678901234567890 }}', '12345678901234567890'],
  ])('%s', async (text, value) => {
    expect(await scriptOf(text, object('{list: [x, y], map: {k: v}}'))).toEqual(value);
  });

  it('what an expression gives is not read for expressions again', async () => {
    expect(await scriptOf("${{ format('$${0}', '{{ 1 }}') }}")).toBe('$${{ 1 }}');
  });

  it('a list or object in a text is a mistake, and the text stays as it is', async () => {
    const { plain, diagnostics } = await compile(
      `${object('[a]')}\nsteps:\n- script: x \${{ parameters.o }}`,
    );
    expect(plain).toEqual({ steps: [{ script: 'x ${{ parameters.o }}' }] });
    expect(diagnostics).toEqual([
      'main.yml:6:16: error EXPRESSION_NOT_TEXT: An array cannot stand inside a text; take one of its values, or write convertToJson(…) or join(…).',
    ]);
  });
});

describe('row 14.3: lists are spread out, and keys joined', () => {
  it('a list that an expression gives becomes items of the list around it', async () => {
    const text = `${object('[b, c]')}
steps:
- script: a
  list: [a, "\${{ parameters.o }}", d]`;
    expect(await stepsOf(text)).toEqual([{ script: 'a', list: ['a', 'b', 'c', 'd'] }]);
  });

  it('a list inside of a list stays one', async () => {
    const text = `steps:\n- script: a\n  list: [[b], "\${{ split('c,d', ',') }}"]`;
    expect(await stepsOf(text)).toEqual([{ script: 'a', list: [['b'], 'c', 'd'] }]);
  });

  it('an item that is nothing adds no step', async () => {
    expect(await stepsOf(`${object('{}')}\nsteps:\n- \${{ parameters.o.more }}`)).toEqual([]);
  });

  it('insert takes a mapping that is written out, and nothing', async () => {
    const text = `${object('{}')}
steps:
- script: a
  \${{ insert }}:
    env: {A: 1}
  \${{ insert }}: \${{ parameters.o.missing }}`;
    expect(await stepsOf(text)).toEqual([{ script: 'a', env: { A: '1' } }]);
  });

  it('a key that stands twice after joining is a mistake that names both places', async () => {
    const text = 'steps:\n- script: a\n  ${{ if true }}:\n    script: b';
    expect(await firstFinding(text)).toBe(
      'main.yml:4:5: error DUPLICATE_KEY: "script" is already defined at main.yml:2. Keep one of the two, or put one under a condition.',
    );
  });

  it('keys and a list cannot be joined', async () => {
    const text = 'steps:\n- script: a\n  ${{ if true }}:\n  - script: b';
    expect(await firstFinding(text)).toMatch(
      /^main.yml:4:3: error DIRECTIVE_VALUE_INVALID: There is a list/,
    );
  });
});

describe('row 14.4: chains of conditions', () => {
  const chain = (a: boolean, b: boolean) => `steps:
- \${{ if ${a} }}:
  - script: a
- \${{ elseif ${b} }}:
  - script: b
- \${{ else }}:
  - script: c`;

  it.each([
    [true, true, 'a'],
    [true, false, 'a'],
    [false, true, 'b'],
    [false, false, 'c'],
  ])('if %s, elseif %s: %s', async (a, b, script) => {
    expect(await stepsOf(chain(a, b))).toEqual([{ script }]);
  });

  it('the same in the keys of a mapping, and within one item of a list', async () => {
    const keys = 'steps:\n- script: x\n  ${{ if false }}:\n    a: 1\n  ${{ else }}:\n    b: 2';
    expect(await stepsOf(keys)).toEqual([{ script: 'x', b: '2' }]);
    const item = 'steps:\n- ${{ if false }}:\n  - script: a\n  ${{ else }}:\n  - script: b';
    expect(await stepsOf(item)).toEqual([{ script: 'b' }]);
  });

  it('a value can stand under conditions here, and not on Azure DevOps', async () => {
    const text = 'steps:\n- script:\n    ${{ if false }}: a\n    ${{ else }}: b';
    expect(await stepsOf(text)).toEqual([{ script: 'b' }]);
    expect(await firstFinding(text)).toContain('main.yml:3:5: warning DIRECTIVE_NOT_PORTABLE');
  });

  it.each([
    ['- ${{ else }}:\n  - script: a', '2:3', '"else" has no "if" right before it'],
    ['- ${{ elseif true }}:\n  - script: a', '2:3', '"elseif" has no "if" right before it'],
    [
      '- ${{ if true }}:\n  - script: a\n- ${{ else }}:\n  - script: b\n- ${{ else }}:\n  - script: c',
      '6:3',
      'no "if"',
    ],
    [
      "- ${{ if false }}:\n  - script: a\n- ${{ each x in '' }}:\n  - script: b\n- ${{ else }}:\n  - script: c",
      '6:3',
      'no "if"',
    ],
    [
      '- ${{ if false }}:\n  - script: a\n- script: b\n- ${{ else }}:\n  - script: c',
      '5:3',
      'no "if" right before it',
    ],
    [
      '- script: x\n  ${{ if false }}:\n    a: 1\n  b: 2\n  ${{ elseif true }}:\n    c: 3',
      '6:3',
      'no "if" right before it',
    ],
    [
      '- ${{ if false }}:\n  - script: a\n- script: b\n  ${{ if true }}:\n    displayName: B\n- ${{ else }}:\n  - script: c',
      '7:3',
      'no "if" right before it',
    ],
    ['- ${{ If true }}:\n  - script: a', '2:3', 'Write it in lower case: "if".'],
    [
      "- ${{ each Variables in '' }}:\n  - script: a",
      '2:3',
      '"Variables" has a meaning here already',
    ],
    ["- ${{ each eq in '' }}:\n  - script: a", '2:3', '"eq" has a meaning here already'],
    [
      '- ${{ if true }}:\n  - script: a\n- ${{ else if true }}:\n  - script: b',
      '4:3',
      '"elseif" as one word',
    ],
    ['- ${{ if }}:\n  - script: a', '2:3', '"if" needs a condition'],
    ['- ${{ each x of y }}:\n  - script: a', '2:3', '"each" needs a name and a list'],
    ["- ${{ each x in 'text' }}:\n  - script: a", '2:3', 'goes over a list or an object'],
  ])('%j is a mistake', async (steps, place, message) => {
    const { diagnostics } = await compile(`steps:\n${steps}`);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatch(new RegExp(`^main.yml:${place}: error DIRECTIVE_INVALID`));
    expect(diagnostics[0]).toContain(message);
  });

  it('an if after an if begins a new chain', async () => {
    const text = `steps:
- \${{ if true }}:
  - script: a
- \${{ if false }}:
  - script: b
- \${{ else }}:
  - script: c`;
    expect(await stepsOf(text)).toEqual([{ script: 'a' }, { script: 'c' }]);
  });

  it('a mistake in the grammar is one wherever it stands, an unknown name only where it is used', async () => {
    const text = (expression: string) =>
      `steps:\n- \${{ if false }}:\n  - script: \${{ ${expression} }}\n- script: x`;
    expect(await firstFinding(text('eq(1,'))).toMatch(
      /^main.yml:3:\d+: error EXPRESSION_SYNTAX_ERROR/,
    );
    expect(await stepsOf(text('nothing.here'))).toEqual([{ script: 'x' }]);
    expect(await stepsOf(text('parameters.none'))).toEqual([{ script: 'x' }]);
  });
});

describe('row 14.5: each', () => {
  it('goes over the keys and values of a mapping, in their order', async () => {
    const text = `${object('{b: 1, a: 2}')}
steps:
- \${{ each pair in parameters.o }}:
  - script: \${{ pair.key }}=\${{ pair.value }}`;
    expect(await stepsOf(text)).toEqual([{ script: 'b=1' }, { script: 'a=2' }]);
  });

  it('makes keys in a mapping', async () => {
    const text = `${object('{b: 1, a: 2}')}
steps:
- script: x
  env:
    \${{ each pair in parameters.o }}:
      V_\${{ pair.key }}: \${{ pair.value }}`;
    expect(await stepsOf(text)).toEqual([{ script: 'x', env: { V_b: 1, V_a: 2 } }]);
  });

  it('copies a step key by key', async () => {
    const text = `${object('[{script: a, displayName: A}]')}
steps:
- \${{ each step in parameters.o }}:
  - \${{ each pair in step }}:
      \${{ if ne(pair.key, 'displayName') }}:
        \${{ pair.key }}: \${{ pair.value }}
    condition: always()`;
    expect(await stepsOf(text)).toEqual([{ script: 'a', condition: 'always()' }]);
  });

  it.each(['', '{}', '[]'])('over %j gives nothing', async (value) => {
    const text = `${object(value === '' ? '{x: }' : `{x: ${value}}`)}
steps:
- \${{ each item in parameters.o.x }}:
  - script: a`;
    expect(await stepsOf(text)).toEqual([]);
  });

  it('loops stand in loops', async () => {
    const text = `steps:
- \${{ each a in split('1,2', ',') }}:
  - \${{ each b in split('x,y', ',') }}:
    - script: \${{ a }}\${{ b }}
`;
    const scripts = ['1x', '1y', '2x', '2y'];
    expect(await stepsOf(text)).toEqual(scripts.map((script) => ({ script })));
  });

  it('its name is unknown outside', async () => {
    const text = `steps:\n- \${{ each item in split('1', ',') }}:\n  - script: \${{ item }}\n- script: \${{ item }}`;
    expect(await firstFinding(text)).toMatch(
      /^main.yml:4:15: error EXPRESSION_NAME_UNKNOWN: "item" is not known/,
    );
  });
});
