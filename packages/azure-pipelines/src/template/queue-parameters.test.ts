// What a pipeline asks whoever starts it, and what it makes of the answers.

import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { expand, findings, typed } from './compile.fixture.ts';
import { declaredParameters } from './declared-parameters.ts';
import { sourceOf } from './template-source.ts';

describe('what a pipeline asks whoever queues it', () => {
  it('is its parameters, in their order', async () => {
    const text = `parameters:
- name: stage
  displayName: Where to
  values: [dev, prod]
- name: count
  type: number
  default: 2
- name: steps
  type: stepList
  default: [{script: a}]
steps: []`;
    const sink = new DiagnosticSink();
    const input = { file: 'main.yml', source: sourceOf({ 'main.yml': text }) };
    expect(await declaredParameters(input, sink)).toEqual([
      { name: 'stage', displayName: 'Where to', type: 'string', values: ['dev', 'prod'] },
      { name: 'count', displayName: 'count', type: 'number', default: 2 },
      {
        name: 'steps',
        displayName: 'steps',
        type: 'stepList',
        default: [{ task: 'CmdLine@2', inputs: { script: 'a' } }],
      },
    ]);
    expect(await declaredParameters({ ...input, file: 'none.yml' }, sink)).toEqual([]);
    expect(sink.diagnostics.map(({ code }) => code)).toEqual(['TEMPLATE_NOT_FOUND']);
  });
});

describe('values given when a run is queued', () => {
  const text = (type: string, more = '') =>
    `parameters:\n${typed(type, more)}\nsteps:\n- script: s\n  value: \${{ parameters.x }}`;

  it.each([
    ['string', 'a', 'a'],
    ['string', 1, '1'],
    ['number', '1.5', 1.5],
    ['boolean', 'true', true],
    ['boolean', false, false],
    ['object', { a: [1, true, null] }, { a: [1, true, null] }],
    ['object', '{"a": [b]}', { a: ['b'] }],
    ['object', 'plain', 'plain'],
    ['object', 'a: 1\nb: "2"', { a: 1, b: '2' }],
    ['stringList', ['a', 'b'], ['a', 'b']],
  ])('%s takes %j', async (type, x, value) => {
    const { steps } = await expand(text(type), { parameters: { x } });
    expect(steps).toEqual([{ script: 's', value }]);
  });

  it('are told from defaults, and refused where they do not fit', async () => {
    expect(await findings(text('boolean', '  default: true'), { parameters: { x: 'no' } })).toEqual(
      [expect.stringContaining('main.yml:2:9: error PARAMETER_TYPE_MISMATCH')],
    );
    expect(await findings(text('string', '  default: a'), { parameters: { z: 1 } })).toEqual([
      expect.stringContaining('Unexpected parameter \'z\'. It has "x".'),
    ]);
    expect(await findings(text('string'))).toEqual([
      expect.stringContaining("A value for the 'x' parameter must be provided."),
    ]);
  });

  it('of a webhook stand under its alias, and are nothing without it', async () => {
    const hooked = `resources:
  webhooks:
  - webhook: hook
    connection: c
steps:
- script: \${{ parameters.hook.head.branch }}`;
    const payload = { hook: { head: { branch: 'main' } } };
    expect(await expand(hooked, { parameters: payload })).toMatchObject({
      steps: [{ script: 'main' }],
    });
    expect(await expand(hooked)).toMatchObject({ steps: [{ script: null }] });
  });
});
