// What `${{ variables.x }}` sees: the variables of the YAML above it, and those of the system.

import { describe, expect, it } from 'vitest';
import { expand, findings } from './compile.fixture.ts';

const echo = (text: string) => `steps:\n- script: ${text}`;

async function scriptsOf(text: string | Record<string, string>, variables?: Map<string, string>) {
  const { steps } = await expand(text, variables === undefined ? {} : { variables });
  return (steps as { script: unknown }[]).map(({ script }) => script);
}

describe('variables while compiling', () => {
  it('are found wherever they stand in the file', async () => {
    expect(await scriptsOf(`${echo('${{ variables.x }}')}\nvariables: {x: 1}`)).toEqual(['1']);
  });

  it('are empty when nothing defines them', async () => {
    expect(await scriptsOf(echo('a${{ variables.x }}b'))).toEqual(['ab']);
  });

  it('see those above them, and not those below', async () => {
    const text = `variables:
  b: \${{ variables.a }}
  a: 1
  c: \${{ variables.a }}\${{ variables.b }}.
${echo('${{ variables.b }}${{ variables.c }}')}`;
    expect(await scriptsOf(text)).toEqual(['1.']);
  });

  it('stand under conditions of each other', async () => {
    const text = `variables:
- name: a
  value: x
- \${{ if eq(variables.a, 'x') }}:
  - name: b
    value: y
${echo('${{ variables.b }}')}`;
    expect(await scriptsOf(text)).toEqual(['y']);
  });

  it('are texts, and those of expressions the texts of their values', async () => {
    const text = `variables: {a: "\${{ true }}", b: true}\n${echo('${{ variables.a }}${{ variables.b }}')}`;
    expect(await scriptsOf(text)).toEqual(['Truetrue']);
  });

  it('keep macros and runtime expressions as they are', async () => {
    const text = `variables: {a: $(b), c: "$[ d ]"}\n${echo('${{ variables.a }}${{ variables.c }}')}`;
    expect(await scriptsOf(text)).toEqual(['$(b)$[ d ]']);
  });

  it('are the same in any case, and the later definition of a list holds', async () => {
    const text = `variables:\n- {name: A, value: 1}\n- {name: a, value: 2}\n${echo('${{ variables.A }}')}`;
    expect(await scriptsOf(text)).toEqual(['2']);
  });

  it('of the system are there, and no file changes them', async () => {
    const system = new Map([['Build.Reason', 'Manual']]);
    const text = `variables: {build.reason: Schedule}\n${echo("${{ variables['Build.Reason'] }}")}`;
    expect(await scriptsOf(text, system)).toEqual(['Manual']);
  });

  it('of a group are not known', async () => {
    expect(await scriptsOf(`variables:\n- group: g\n${echo('${{ variables.g }}.')}`)).toEqual([
      '.',
    ]);
  });

  it('of a stage and a job hide those around, and end with them', async () => {
    const text = `variables: {x: root}
stages:
- stage: a
  variables: {x: stage}
  jobs:
  - job: a
    variables: {x: job}
    steps: [{script: "\${{ variables.x }}"}]
  - job: b
    steps: [{script: "\${{ variables.x }}"}]
- stage: b
  jobs:
  - job: c
    steps: [{script: "\${{ variables.x }}"}]`;
    expect(JSON.stringify(await expand(text)).match(/(?<="script":")\w+/g)).toEqual([
      'job',
      'stage',
      'root',
    ]);
  });
});

describe('templates of variables', () => {
  it('take the place of their item, and are seen by what follows', async () => {
    const text = {
      'main.yml': `variables:
- name: a
  value: 1
- template: v.yml
  parameters: {p: 2}
- name: c
  value: \${{ variables.b }}
${echo('${{ variables.c }}')}`,
      'v.yml': 'parameters:\n- name: p\nvariables:\n  b: ${{ variables.a }}${{ parameters.p }}',
    };
    expect(await expand(text)).toMatchObject({
      variables: [
        { name: 'a', value: '1' },
        { name: 'b', value: '12' },
        { name: 'c', value: '12' },
      ],
      steps: [{ script: '12' }],
    });
  });

  it('hold lists, and further templates', async () => {
    const text = {
      'main.yml': `variables:\n- template: v.yml\n${echo('${{ variables.x }}')}`,
      'v.yml': 'variables:\n- template: w.yml\n- name: y\n  value: 1',
      'w.yml': 'variables: {x: from w}',
    };
    expect(await scriptsOf(text)).toEqual(['from w']);
  });

  it('a template of steps sees the variables of where it is included', async () => {
    const text = {
      'main.yml': `jobs:
- job: a
  variables: {x: a}
  steps: [{template: t.yml}]
- job: b
  variables: {x: b}
  steps: [{template: t.yml}]`,
      't.yml': echo('${{ variables.x }}'),
    };
    expect(JSON.stringify(await expand(text)).match(/(?<="script":")\w+/g)).toEqual(['a', 'b']);
  });

  it('do not see the parameters of their caller', async () => {
    const text = {
      'main.yml':
        'parameters:\n- name: p\n  default: 1\nsteps:\n- template: t.yml\n- script: ${{ parameters.p }}',
      't.yml': echo('${{ parameters.p }}'),
    };
    expect(await findings(text)).toEqual([
      expect.stringContaining(
        'The file has no parameter "p". The file declares none.\n    included at main.yml:5:3',
      ),
    ]);
  });
});
