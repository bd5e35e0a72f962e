// Row 14.7: what steps, jobs and stages look like in a template that is given them.

import { describe, expect, it } from 'vitest';
import { expand, filesWith, typed } from './compile.fixture.ts';

describe('row 14.7: steps, jobs and stages come to a template in their normal form', () => {
  const declared = typed('stepList', '  default: []');

  it('a shortcut is a task when the template looks at it', async () => {
    const steps = `- \${{ each step in parameters.x }}:
  - script: echo \${{ step.task }} \${{ step.inputs.script }}`;
    expect(await expand(filesWith(declared, '{x: [{script: hello}]}', steps))).toEqual({
      steps: [{ script: 'echo CmdLine@2 hello' }],
    });
  });

  it('variables of a job are a list, and its steps tasks', async () => {
    const main = `jobs:
- template: t.yml
  parameters:
    x:
    - job: a
      variables: {v: 1}
      steps:
      - bash: hello`;
    const template = `parameters:
${typed('jobList')}
jobs:
- \${{ each job in parameters.x }}:
  - job: \${{ job.job }}_\${{ job.variables[0].name }}
    steps:
    - \${{ job.steps }}`;
    const { jobs } = await expand({ 'main.yml': main, 't.yml': template });
    expect(jobs).toEqual([
      {
        job: 'a_v',
        steps: [{ task: 'Bash@3', inputs: { targetType: 'inline', script: 'hello' } }],
      },
    ]);
  });

  it('a templateContext is there for the template, and nowhere else', async () => {
    const main = `stages:
- template: t.yml
  parameters:
    x:
    - stage: a
      templateContext: {level: high}
      jobs: []`;
    const template = `parameters:
${typed('stageList')}
stages:
- \${{ each stage in parameters.x }}:
  - \${{ stage }}
  - stage: \${{ stage.templateContext.level }}`;
    expect(await expand({ 'main.yml': main, 't.yml': template })).toEqual({
      stages: [{ stage: 'a', jobs: [] }, { stage: 'high' }],
    });
  });

  it('templates among the given steps are found from the file that gives them', async () => {
    const { steps } = await expand({
      'main.yml': `steps:
- template: lib/t.yml
  parameters:
    x:
    - template: own.yml
      parameters: {name: main}`,
      'own.yml': 'parameters:\n- name: name\nsteps:\n- script: own of ${{ parameters.name }}',
      'lib/t.yml': `parameters:\n${typed('stepList')}\nsteps:\n- \${{ parameters.x }}`,
    });
    expect(steps).toEqual([{ task: 'CmdLine@2', inputs: { script: 'own of main' } }]);
  });
});
