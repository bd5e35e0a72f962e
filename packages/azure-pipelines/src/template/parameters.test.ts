// Rows 14.6 and 15.38: what parameters take and refuse.

import { describe, expect, it } from 'vitest';
import { expand, filesWith, findings, typed } from './compile.fixture.ts';

async function valueGiven(declarations: string, given: string): Promise<unknown> {
  const { steps } = await expand(filesWith(declarations, given));
  return (steps as { script: unknown }[])[0]?.script;
}

describe('row 14.6: typed parameters', () => {
  it.each([
    ['string', 'a', 'a'],
    ['string', 'true', 'true'],
    ['string', '"${{ true }}"', 'True'],
    ['string', '', ''],
    ['number', '12.50', 12.5],
    ['number', '"${{ 3 }}"', 3],
    ['boolean', 'TRUE', true],
    ['boolean', '"${{ eq(1, 1) }}"', true],
    ['object', '[a, {b: c}]', ['a', { b: 'c' }]],
    ['object', '', null],
    ['stringList', '[a, b]', ['a', 'b']],
    ['stepList', '', []],
  ])('%s takes %j', async (type, given, value) => {
    const { steps } = await expand(
      filesWith(
        typed(type),
        `{x: ${given}}`,
        '- script: s\n  v: [[1], 2]\n  value: ${{ parameters.x }}',
      ),
    );
    expect(steps).toEqual([expect.objectContaining({ value })]);
  });

  it.each([
    ['boolean', 'yes', 'Parameter "x" takes "true" or "false", and this is "yes".'],
    ['boolean', '', 'Parameter "x" takes "true" or "false", and this is empty.'],
    ['number', 'ten', 'Parameter "x" takes a number, and this is "ten".'],
    ['string', '[a]', 'Parameter "x" takes a text, and this is a list.'],
    ['stringList', '[[a]]', 'Parameter "x" takes a list of texts, and this is a list.'],
    ['stepList', '{a: b}', 'Parameter "x" takes a list of steps, and this is an object.'],
  ])('%s refuses %j', async (type, given, message) => {
    expect(await findings(filesWith(typed(type), `{x: ${given}}`))).toEqual([
      expect.stringMatching(/^main.yml:3:\d+: error PARAMETER_TYPE_MISMATCH/),
    ]);
    expect((await findings(filesWith(typed(type), `{x: ${given}}`)))[0]).toContain(message);
  });

  it('one that is not given has its default', async () => {
    expect(await valueGiven(typed('string', '  default: d'), '{}')).toBe('d');
    expect(await valueGiven(typed('boolean', '  default: False'), '')).toBe(false);
  });

  it('one without a default must be given', async () => {
    expect(await findings(filesWith(typed('string'), '{}'))).toEqual([
      "main.yml:2:3: error PARAMETER_MISSING: A value for the 'x' parameter must be provided.",
    ]);
  });

  it('row 15.38: one that is not declared is refused, with the name that was meant', async () => {
    const declared = '- name: environment\n  default: d';
    const step = '- script: ${{ parameters.environment }}';
    expect(await findings(filesWith(declared, '{enviroment: a}', step))).toEqual([
      `main.yml:3:16: error PARAMETER_UNKNOWN: Unexpected parameter 'enviroment'. Did you mean "environment"?`,
    ]);
  });

  it('names are the same in any case', async () => {
    expect(await valueGiven('- name: X', '{x: a}')).toBe('a');
  });

  it('of a list of texts each is one of the values', async () => {
    const declared = typed('stringList', '  values: [a, b]');
    const steps = "- script: ${{ join(',', parameters.x) }}";
    expect(await expand(filesWith(declared, '{x: [b, a]}', steps))).toEqual({
      steps: [{ script: 'b,a' }],
    });
    expect(await findings(filesWith(declared, '{x: [b, c]}', steps))).toHaveLength(1);
  });

  it('of given values only these are taken, letter for letter', async () => {
    const declared = typed('string', '  values: [dev, prod]');
    expect(await valueGiven(declared, '{x: dev}')).toBe('dev');
    expect(await findings(filesWith(declared, '{x: Dev}'))).toEqual([
      'main.yml:3:19: error PARAMETER_VALUE_NOT_ALLOWED: Parameter "x" cannot be "Dev". It can be "dev" or "prod", letter for letter.',
    ]);
    expect(await valueGiven(typed('number', '  values: [1, 2]'), '{x: 1.0}')).toBe(1);
  });

  it('one that is read must be declared, but only where it is read', async () => {
    const read = (expression: string) =>
      filesWith('- name: x\n  default: a', '{}', `- script: \${{ ${expression} }}`);
    const refused = [expect.stringContaining('The file has no parameter "y". It has "x".')];
    expect(await findings(read('coalesce(parameters.x, parameters.y)'))).toEqual([]);
    expect(await findings(read('coalesce(parameters.y, parameters.x)'))).toEqual(refused);
    expect(await findings(read("coalesce('', parameters['y'], parameters.x)"))).toEqual(refused);
    expect(await findings(read('iif(true, parameters.x, parameters.y)'))).toEqual(refused);
  });

  it('one that nothing reads is warned of', async () => {
    const declared = '- name: x\n  default: a\n- name: y\n  default: b';
    expect(await findings(filesWith(declared, '{}'))).toEqual([
      't.yml:4:9: warning PARAMETER_UNUSED: Nothing in this file reads parameter "y". Take it out, or write ${{ parameters.y }} where it belongs.',
    ]);
    const any = '- script: ${{ convertToJson(parameters) }}';
    expect(await findings(filesWith(declared, '{}', any))).toEqual([]);
  });

  it.each([
    ['- name: x\n  typ: string', 'A parameter has no "typ". Did you mean "type"?'],
    ['- name: x\n  type: strng', 'There is no parameter type "strng". Did you mean "string"?'],
    ['- type: string', 'A parameter has no name.'],
    ['- name: a b', 'A parameter has the name "a b".'],
    ['- x', 'A parameter is declared with its name.'],
    ['- name: x\n- name: X', 'Parameter "X" is declared on line 2 already.'],
    [
      '- name: x\n  default: b\n  values: [a]',
      'Parameter "x" cannot be "b". It can be "a", letter for letter.',
    ],
    ['- name: x\n  type: boolean\n  default: maybe', 'Parameter "x" takes "true" or "false"'],
    ['- name: x\n  default: ${{ 1 }}', 'No ${{ }} is evaluated here'],
    ['- name: x\n  type: object\n  default: {a: ["${{ 1 }}"]}', 'No ${{ }} is evaluated here'],
    ['- name: x\n  default: a\n  values: a', 'The values of parameter "x" are a list.'],
  ])('%j is no declaration', async (declaration, message) => {
    const text = `parameters:\n${declaration}\nsteps:\n- script: \${{ convertToJson(parameters) }}`;
    expect(await findings(text, { parameters: {} })).toContainEqual(
      expect.stringContaining(message),
    );
  });
});

describe('values inside of objects', () => {
  const object = (value: string) =>
    filesWith(typed('object'), `{x: ${value}}`, '- script: s\n  v: ${{ parameters.x }}');

  it.each([
    ['[true, False, "true", yes]', [true, false, 'true', 'yes']],
    ['[1, -2, 0.5, .5, +3]', [1, -2, 0.5, 0.5, 3]],
    [
      "['1', 007, 1.2.3, 1e3, '', 12345678901234567890]",
      ['1', '007', '1.2.3', '1e3', '', '12345678901234567890'],
    ],
    ['{a: {b: [true]}}', { a: { b: [true] } }],
    ['"${{ format(\'{0}\', true) }}"', 'True'],
  ])('%s has the types of YAML', async (value, v) => {
    expect(await expand(object(value))).toEqual({ steps: [{ script: 's', v }] });
  });

  it('a condition on one of them holds as it reads', async () => {
    const steps = '- ${{ if parameters.x.enabled }}:\n  - script: a\n- ${{ else }}:\n  - script: b';
    expect(await expand(filesWith(typed('object'), '{x: {enabled: false}}', steps))).toEqual({
      steps: [{ script: 'b' }],
    });
  });

  it('a version that reads as a number is warned of', async () => {
    expect(await findings(object('[3.9, 3.10]'))).toEqual([
      expect.stringContaining(
        'warning NUMBER_LOSES_ZERO: 3.10 is a number here, and reads as 3.1.',
      ),
    ]);
  });

  it('of the older form are texts', async () => {
    const main = filesWith('  x: {}', '{x: {a: true}}', '- script: s\n  v: ${{ parameters.x }}');
    expect(await expand(main)).toEqual({ steps: [{ script: 's', v: { a: 'true' } }] });
  });
});

describe('a template that declares no parameters', () => {
  it('takes any, with a warning', async () => {
    const files = {
      'main.yml': 'steps:\n- template: t.yml\n  parameters: {x: a}',
      't.yml': 'steps:\n- script: ${{ parameters.x }}',
    };
    expect(await expand(files)).toEqual({ steps: [{ script: 'a' }] });
    expect(await findings(files)).toEqual([
      'main.yml:3:16: warning PARAMETER_IGNORED: The template declares no parameters, and is given "x". Declare it, or leave it out.',
    ]);
  });
});

describe('row 14.6: parameters of the older form', () => {
  it('take what is not declared, and make texts of scalars', async () => {
    const steps = '- script: ${{ parameters.x }} ${{ parameters.y }} ${{ parameters.none }}.';
    expect(await expand(filesWith('  x: 1', '{y: "${{ true }}"}', steps))).toEqual({
      steps: [{ script: '1 True .' }],
    });
  });

  it('hold references to templates, which are found from where they are written', async () => {
    const files = {
      'main.yml': 'steps:\n- template: lib/t.yml\n  parameters: {steps: [{template: own.yml}]}',
      'own.yml': 'steps:\n- script: own',
      'lib/t.yml': 'parameters: {steps: []}\nsteps:\n- ${{ parameters.steps }}',
    };
    expect(await expand(files)).toEqual({ steps: [{ script: 'own' }] });
  });

  it('hold lists of steps too', async () => {
    const steps = '- ${{ parameters.steps }}\n- script: b';
    const { steps: found } = await expand(
      filesWith('  steps: []', '{steps: [{script: a}]}', steps),
    );
    expect(found).toEqual([{ script: 'a' }, { script: 'b' }]);
  });
});
