// `extends`, and what only the root of a pipeline has.

import { describe, expect, it } from 'vitest';
import { expand, findings } from './compile.fixture.ts';

describe('extends', () => {
  it('hands stages to a template, which puts its own around them', async () => {
    const files = {
      'main.yml': `trigger: none
variables: {x: main}
extends:
  template: base.yml
  parameters:
    stages:
    - stage: own
      variables: {y: "\${{ variables.x }}"}
      jobs:
      - job: a
        steps:
        - template: steps.yml`,
      'steps.yml': 'steps:\n- bash: hello',
      'base.yml': `parameters:
- name: stages
  type: stageList
stages:
- stage: first
  jobs: []
- \${{ parameters.stages }}`,
    };
    expect(await expand(files)).toEqual({
      trigger: 'none',
      variables: { x: 'main' },
      stages: [
        { stage: 'first', jobs: [] },
        {
          stage: 'own',
          variables: [{ name: 'y', value: 'main' }],
          jobs: [
            {
              job: 'a',
              steps: [{ task: 'Bash@3', inputs: { targetType: 'inline', script: 'hello' } }],
            },
          ],
        },
      ],
    });
  });

  it('goes on from template to template, and brings resources and variables along', async () => {
    const files = {
      'main.yml': `resources:
  repositories:
  - repository: lib
    name: team/lib
extends: {template: a.yml@lib}`,
      'a.yml@lib': `resources:
  repositories:
  - repository: more
    name: team/more
  containers:
  - container: node
    image: node:24
extends: {template: b.yml@more}`,
      'b.yml@more': 'variables: {v: 1}\nsteps:\n- script: ${{ variables.v }}',
    };
    expect(await expand(files)).toEqual({
      resources: {
        repositories: [
          { repository: 'lib', name: 'team/lib' },
          { repository: 'more', name: 'team/more' },
        ],
        containers: [{ container: 'node', image: 'node:24' }],
      },
      variables: { v: '1' },
      steps: [{ script: '1' }],
    });
  });

  it('takes its template under a condition', async () => {
    const files = {
      'main.yml': `extends:
  \${{ if eq(variables['Build.Reason'], 'Manual') }}:
    template: a.yml
  \${{ else }}:
    template: b.yml`,
      'a.yml': 'steps: []',
      'b.yml': 'steps:\n- script: b',
    };
    expect(await expand(files)).toEqual({ steps: [{ script: 'b' }] });
  });

  it.each([
    [
      'variables: {a: 1}',
      "b.yml:1:1: error VARIABLES_DEFINED_TWICE: 'variables' is already defined at main.yml:1.",
    ],
    ['pool: x', "b.yml:1:1: error DUPLICATE_KEY: 'pool' is already defined at main.yml:2."],
    ['trigger: none', 'b.yml:1:1: error TEMPLATE_KEY_UNKNOWN: A template has no "trigger".'],
  ])('%s cannot stand in the template as well', async (line, finding) => {
    const files = {
      'main.yml': 'variables: {}\npool: y\nextends: {template: b.yml}',
      'b.yml': `${line}\nsteps: []`,
    };
    expect(await findings(files)).toEqual([expect.stringContaining(finding)]);
  });

  it.each(['extends:', 'extends: {}', 'extends: a.yml', 'extends: [a]'])(
    '%j names no template',
    async (text) => {
      expect(await findings(text)).toEqual([
        expect.stringContaining('"extends" needs a template.'),
      ]);
    },
  );
});

describe('the root', () => {
  it('triggers and names of repositories are no expressions', async () => {
    const text = `trigger: ["\${{ variables.x }}"]
pr:
  branches: {include: ["\${{ 1 }}"]}
resources:
  repositories:
  - repository: r
    name: \${{ variables.x }}
    ref: \${{ variables.x }}
steps: []`;
    expect((await findings(text)).map((line) => line.split(' error')[0])).toEqual([
      'main.yml:1:11:',
      'main.yml:3:24:',
      'main.yml:7:11:',
    ]);
  });

  it('name, pool, containers and the ref of a repository are', async () => {
    const text = `name: \${{ variables.v }}_$(Rev:r)
pool: {vmImage: "\${{ variables.v }}"}
resources:
  repositories:
  - repository: r
    name: team/r
    ref: refs/heads/\${{ variables.v }}
  containers:
  - container: c
    image: node:\${{ variables.v }}
steps: []`;
    expect(await expand(text, { variables: new Map([['v', 'x']]) })).toEqual({
      name: 'x_$(Rev:r)',
      pool: { vmImage: 'x' },
      resources: {
        repositories: [{ repository: 'r', name: 'team/r', ref: 'refs/heads/x' }],
        containers: [{ container: 'c', image: 'node:x' }],
      },
      steps: [],
    });
  });

  it('keys may stand under conditions, which see the variables', async () => {
    const text = `\${{ if eq(variables.x, 'a') }}:
  pool: {vmImage: a}
  jobs: []
\${{ else }}:
  steps: []
variables: {x: a}`;
    expect(await expand(text)).toEqual({ variables: { x: 'a' }, pool: { vmImage: 'a' }, jobs: [] });
  });

  it('a key under a condition cannot stand beside it too', async () => {
    const text = 'variables: {a: 1}\n${{ if true }}:\n  variables: {b: 1}\nsteps: []';
    expect(await findings(text)).toEqual([
      expect.stringContaining('main.yml:3:3: error DUPLICATE_KEY: "variables" is already defined'),
    ]);
  });

  it('hooks of deployments take templates of steps', async () => {
    const files = {
      'main.yml': `jobs:
- deployment: d
  strategy:
    canary:
      increments: [10]
      deploy: {steps: [{template: t.yml}]}
      on:
        failure: {steps: [{template: t.yml}]}`,
      't.yml': 'steps:\n- script: a',
    };
    const hook = { steps: [{ script: 'a' }] };
    expect(await expand(files)).toEqual({
      jobs: [
        {
          deployment: 'd',
          strategy: { canary: { increments: ['10'], deploy: hook, on: { failure: hook } } },
        },
      ],
    });
  });

  it('a template key that is no reference is left alone', async () => {
    const text =
      'steps:\n- task: T@1\n  inputs:\n    template: x.yml\n    steps: [{template: y.yml}]';
    expect(await findings(text)).toEqual([]);
  });

  it('the main file that is not there is said so', async () => {
    expect(await findings({})).toEqual([
      expect.stringContaining(
        'main.yml:1:1: error TEMPLATE_NOT_FOUND: There is no file "main.yml".',
      ),
    ]);
  });
});
