import { describe, expect, it } from 'vitest';
import { inputsOf, mistakesIn, pipelineOf, stepsOf, tasksIn } from './testing.fixture.ts';

describe('step shortcuts', () => {
  it.each([
    ['script: x', 'CmdLine@2', { script: 'x' }],
    [
      'script: x\n  workingDirectory: d\n  failOnStderr: true',
      'CmdLine@2',
      { script: 'x', workingDirectory: 'd', failOnStderr: 'true' },
    ],
    ['bash: x', 'Bash@3', { targetType: 'inline', script: 'x' }],
    ['pwsh: x', 'PowerShell@2', { targetType: 'inline', pwsh: 'true', script: 'x' }],
    [
      'powershell: x\n  errorActionPreference: continue\n  ignoreLASTEXITCODE: true',
      'PowerShell@2',
      {
        targetType: 'inline',
        script: 'x',
        errorActionPreference: 'continue',
        ignoreLASTEXITCODE: 'true',
      },
    ],
    ['checkout: self\n  fetchDepth: 0', 'Checkout@1', { repository: 'self', fetchDepth: '0' }],
    [
      'publish: out\n  artifact: drop',
      'PublishPipelineArtifact@1',
      { path: 'out', artifact: 'drop' },
    ],
    ['upload: out', 'PublishPipelineArtifact@1', { path: 'out' }],
    [
      'downloadBuild: b\n  artifact: x\n  path: p',
      'DownloadBuildArtifacts@0',
      { buildType: 'b', artifactName: 'x', downloadPath: 'p' },
    ],
    ['getPackage: p\n  path: d', 'DownloadPackage@1', { alias: 'p', downloadPath: 'd' }],
    ['reviewApp: r', 'ReviewApp@0', { resourceName: 'r' }],
  ])('%s is %s', (shortcut, task, inputs) => {
    const builds = 'resources: { builds: [{ build: b, type: Jenkins }] }';
    const step = stepsOf(`${builds}\nsteps:\n- checkout: none\n- ${shortcut}\n`).at(-1);
    expect(tasksIn(step ? [step] : [])).toEqual([task]);
    expect(inputsOf(step)).toEqual(inputs);
  });

  it('keeps what steps have in common beside the inputs', () => {
    const step = stepsOf(
      `steps:
- script: x
  name: s
  displayName: Do $(x)
  condition: always()
  continueOnError: yes
  enabled: on
  env: { A: $(b) }
  target: { container: host, commands: restricted, settableVariables: none }
  timeoutInMinutes: 5
  retryCountOnTaskFailure: 3
`,
    ).at(-1);
    expect(step).toMatchObject({
      refName: 's',
      displayName: { text: 'Do $(x)' },
      condition: { text: 'always()' },
      continueOnError: { text: 'yes' },
      timeoutInMinutes: { text: '5' },
      retryCountOnTaskFailure: { text: '3' },
      target: { container: { text: 'host' }, commands: 'restricted', settableVariables: [] },
    });
    expect(step?.env.get('A')?.text).toBe('$(b)');
  });

  it.each([
    ['download: current\n  artifact: drop', '$(Pipeline.Workspace)/drop', 'current'],
    ['download: current', '$(Pipeline.Workspace)', 'current'],
    ['download: model\n  artifact: m', '$(Pipeline.Workspace)/model/m', 'model'],
    ['download: model', '$(Pipeline.Workspace)/model', 'model'],
    ['download: current\n  artifact: a\n  path: p', 'p', 'current'],
  ])('row 15.32: %s goes to %s', (shortcut, path, source) => {
    const step = stepsOf(
      `resources: { pipelines: [{ pipeline: model, source: M }] }\nsteps:\n- ${shortcut}\n`,
    ).at(-1);
    expect(tasksIn(step ? [step] : [])).toEqual(['DownloadPipelineArtifact@2']);
    expect(inputsOf(step)).toMatchObject({ source, path });
  });

  it('row 15.33: leaves the path of the download task to the task', () => {
    const [, step] = stepsOf(
      'steps:\n- task: DownloadPipelineArtifact@2\n  inputs: { artifact: drop, path: X }\n',
    );
    expect(inputsOf(step)).toEqual({ artifact: 'drop', path: 'X' });
  });

  it('row 15.25: gives bash no -e, so that the last command alone decides', () => {
    const [, step] = stepsOf('steps:\n- bash: |\n    false\n    echo hi\n');
    expect(inputsOf(step)).toEqual({ targetType: 'inline', script: 'false\necho hi\n' });
  });

  it.each([
    ['Bash@3', { name: 'Bash', version: '3' }],
    ['Npm@1.198.0', { name: 'Npm', version: '1.198.0' }],
    ['ms.ext.azureml.Run@0', { name: 'ms.ext.azureml.Run', version: '0' }],
    [
      '94a74903-f93f-4075-884f-dc11f34058b4@2',
      { name: '94a74903-f93f-4075-884f-dc11f34058b4', version: '2' },
    ],
    ['6d15af64-176c-496d-b583-fd2ae21d4df4@1', { name: 'Checkout', version: '1' }],
  ])('reads the task reference %s', (reference, task) => {
    expect(stepsOf(`steps:\n- checkout: none\n- task: ${reference}\n`).at(-1)?.task).toEqual(task);
  });
});

describe('the checkout', () => {
  it('comes first where no step says otherwise', () => {
    expect(tasksIn(stepsOf('steps:\n- script: x\n'))).toEqual(['Checkout@1', 'CmdLine@2']);
  });

  it('is left out for "checkout: none"', () => {
    expect(tasksIn(stepsOf('steps:\n- checkout: none\n- script: x\n'))).toEqual(['CmdLine@2']);
  });

  it('row 15.30: stands as often as it is written, and no more', () => {
    const tools = 'resources: { repositories: [{ repository: tools, name: org/tools }] }';
    const steps = stepsOf(`${tools}\nsteps:\n- checkout: self\n- checkout: tools\n- script: x\n`);
    expect(tasksIn(steps)).toEqual(['Checkout@1', 'Checkout@1', 'CmdLine@2']);
    expect(steps.map((step) => inputsOf(step).repository)).toEqual(['self', 'tools', undefined]);
  });

  it('takes a repository that the step itself names', () => {
    const steps = stepsOf('steps:\n- checkout: git://Project/repo@refs/heads/main\n');
    expect(inputsOf(steps[0]).repository).toBe('git://Project/repo@refs/heads/main');
  });
});

describe('reference names', () => {
  const namesOf = (steps: string) =>
    stepsOf(`steps:\n- checkout: none\n${steps}`).map((s) => s.refName);

  it('is the name of the task where that stands once', () => {
    expect(namesOf('- script: a\n- bash: b\n')).toEqual(['CmdLine', 'Bash']);
  });

  it('counts steps of one task', () => {
    expect(namesOf('- script: a\n- script: b\n- bash: c\n')).toEqual([
      'CmdLine1',
      'CmdLine2',
      'Bash',
    ]);
  });

  it('leaves names that the file gives alone, and passes them over', () => {
    const steps = '- script: a\n- script: b\n  name: cmdline1\n- script: c\n';
    expect(namesOf(steps)).toEqual(['CmdLine2', 'cmdline1', 'CmdLine3']);
  });

  it('row 14.33: does not count a step that is switched off', () => {
    expect(namesOf('- script: a\n  enabled: false\n- script: b\n')).toEqual(['CmdLine']);
  });

  it('makes a name of what is none', () => {
    expect(namesOf('- task: pub.ext.c.Task-X@1\n- task: 3d@1\n')).toEqual(['Task_X', '_3d']);
  });
});

describe('steps that are switched off', () => {
  it.each(['false', 'no', 'OFF', 'n'])('are not in the pipeline: enabled: %s', (word) => {
    expect(tasksIn(stepsOf(`steps:\n- checkout: none\n- script: x\n  enabled: ${word}\n`))).toEqual(
      [],
    );
  });

  it('are checked all the same', () => {
    expect(mistakesIn('steps:\n- script: x\n  enabled: false\n  nam: y\n')).toHaveLength(1);
  });
});

describe('values', () => {
  it('are kept as they are written', () => {
    const [, step] = stepsOf('steps:\n- task: T@1\n  inputs: { a: 1.10, b: yes, c: 007, d: }\n');
    expect(inputsOf(step)).toEqual({ a: '1.10', b: 'yes', c: '007', d: '' });
  });

  it('come with the place that they were written at', () => {
    const { variables } = pipelineOf('variables:\n  a: b\nsteps:\n- script: x\n');
    expect(variables).toMatchObject([{ value: { origin: { line: 2, column: 6 } } }]);
  });
});
