// Rows 15.1 to 15.6, 15.9, 15.36, 15.37, 15.39 to 15.41 of CONFORMANCE.md, as far as the
// compile pass decides them.

import { describe, expect, it } from 'vitest';
import { compile, expand, scriptOf } from './compile.fixture.ts';

const flag = (type: string, value: string) =>
  `parameters:\n- name: flag\n  type: ${type}\n  default: ${value}`;

describe('types of expressions', () => {
  it('row 15.1: a boolean on the left makes every text true', async () => {
    const text = `${flag('boolean', 'false')}\nsteps:\n- script: echo \${{ eq(parameters.flag, 'false') }}`;
    const { plain, diagnostics } = await compile(text);
    expect(plain).toEqual({ steps: [{ script: 'echo False' }] });
    expect(diagnostics).toEqual([expect.stringContaining('BOOLEAN_EQUALS_TEXT')]);
  });

  it('row 15.2: a text on the left makes a text of the boolean', async () => {
    const script = `echo \${{ eq('false', parameters.flag) }}`;
    expect(await scriptOf(script, flag('boolean', 'false'))).toBe('echo True');
  });

  it('row 15.3: the text False is a true condition, and that is warned of', async () => {
    const steps = 'steps:\n- ${{ if parameters.flag }}:\n  - script: taken';
    const { plain, diagnostics } = await compile(`${flag('string', "'False'")}\n${steps}`);
    expect(plain).toEqual({ steps: [{ script: 'taken' }] });
    expect(diagnostics).toEqual([expect.stringContaining('TEXT_AS_CONDITION')]);
  });

  it('row 15.4: a variable is a text, so false is a true condition and eq(…, true) is not', async () => {
    const text = `variables: {x: false}
steps:
- \${{ if variables.x }}:
  - script: taken
- \${{ if eq(variables.x, true) }}:
  - script: not taken`;
    expect((await compile(text)).plain).toMatchObject({ steps: [{ script: 'taken' }] });
  });

  it('row 15.5: an expression alone keeps its type, and in a text becomes text', async () => {
    const text =
      'variables:\n- name: a\n  value: ${{ true }}\n- name: b\n  value: a${{ true }}\nsteps: []';
    const variables = [
      { name: 'a', value: true },
      { name: 'b', value: 'aTrue' },
    ];
    expect(await expand(text)).toMatchObject({ variables });
  });

  it('row 15.6: a number in a text has no zeros at its end', async () => {
    expect(await scriptOf('echo ${{ 1.50 }}')).toBe('echo 1.5');
    expect(await scriptOf('${{ 1.50 }}')).toBe(1.5);
  });

  it("row 9: a job's variable hides that of the root, for this job only", async () => {
    const text = `variables: {x: 1}
jobs:
- job: a
  steps:
  - script: echo \${{ variables.x }}
  variables: {x: 2}
- job: b
  steps:
  - script: echo \${{ variables.x }}`;
    const jobs = [{ steps: [{ script: 'echo 2' }] }, { steps: [{ script: 'echo 1' }] }];
    expect(await expand(text)).toMatchObject({ jobs });
  });

  it('row 15.39: scalars given to parameters of the older form are texts', async () => {
    const files = {
      'main.yml': 'steps:\n- template: t.yml\n  parameters: {flag: true}',
      't.yml':
        'parameters: {flag: false}\nsteps:\n- ${{ if eq(parameters.flag, true) }}:\n  - script: taken',
    };
    expect(await expand(files)).toEqual({ steps: [{ script: 'taken' }] });
  });

  it('row 15.40: a condition can be a boolean parameter', async () => {
    const steps = 'steps:\n- script: a\n  condition: ${{ parameters.flag }}';
    const { steps: found } = await expand(`${flag('boolean', 'false')}\n${steps}`);
    expect(found).toEqual([{ script: 'a', condition: false }]);
  });

  it('row 15.41: a dependsOn whose conditions all fell away is an empty list', async () => {
    const list = 'dependsOn:\n  - ${{ if false }}:\n    - a\n';
    const keys = 'dependsOn:\n    ${{ if false }}:\n    - a\n';
    for (const dependsOn of [list, keys]) {
      const { jobs } = await expand(`jobs:\n- job: b\n  ${dependsOn}`);
      expect(jobs).toEqual([{ job: 'b', dependsOn: [] }]);
    }
  });
});

describe('loops and insertions', () => {
  it('row 15.36: each over a list of jobs gives jobs', async () => {
    const text = `parameters:
- name: envs
  type: object
  default: [dev, prd]
jobs:
- \${{ each e in parameters.envs }}:
  - job: j_\${{ e }}`;
    expect(await expand(text)).toEqual({ jobs: [{ job: 'j_dev' }, { job: 'j_prd' }] });
  });

  it('row 15.37: insert joins keys, and a key that is there already is a mistake', async () => {
    const text = (key: string) => `parameters:
- name: vars
  type: object
  default: {b: 2}
variables:
  ${key}: 1
  \${{ insert }}: \${{ parameters.vars }}
steps: []`;
    expect(await expand(text('a'))).toMatchObject({ variables: { a: '1', b: 2 } });
    expect((await compile(text('b'))).diagnostics).toEqual([
      expect.stringMatching(
        /^main.yml:4:13: error DUPLICATE_KEY: "b" is already defined at main.yml:6/,
      ),
    ]);
  });
});
