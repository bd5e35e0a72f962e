// What a person meets who writes a pipeline for the first time: files that are none, templates that
// include themselves, tasks that are known elsewhere only, a step that may fail.
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

describe('a file that is no pipeline', () => {
  const project = new Project({
    'empty.yml': '',
    'zeros.yml': '\0\u001b[2J\0',
    'word.yml': 'steps',
    'endless.yml': 'steps:\n- template: endless.yml\n',
  });

  test.each(['empty.yml', 'zeros.yml', 'word.yml'])('%s is told in one finding', async (file) => {
    const { code, stdout } = await project.ci('validate', file);
    expect(code).toBe(1);
    expect(stdout).toContain(`${file}: 1 error, 0 warnings`);
    expect(stdout).not.toContain('included at');
    expect(stdout).not.toContain('\u001b[2J');
  });

  test('a template that includes itself does not fill the screen', async () => {
    const { stdout } = await project.ci('validate', 'endless.yml');
    expect(stdout).toContain('TEMPLATE_TOO_DEEP');
    expect(stdout).toMatch(/… \d+ times more/);
    expect(stdout.split('\n').length).toBeLessThan(20);
  });
});

describe('a task of an extension', () => {
  const project = new Project({
    'azure-pipelines.yml': 'steps:\n- task: SonarCloudPrepare@1\n  inputs: { SonarCloud: x }\n',
  });

  test('is not known, and may be mocked in every command', async () => {
    const found = await project.ci('validate');
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('TASK_UNKNOWN: The task "SonarCloudPrepare" is not known here.');
    for (const command of ['validate', 'expand', 'plan', 'run']) {
      const { code } = await project.ci(command, '--mock', 'SonarCloudPrepare');
      expect([command, code]).toEqual([command, 0]);
    }
  });
});

describe('a job that may fail', () => {
  const project = new Project({
    'azure-pipelines.yml': `jobs:
- job: Lint
  continueOnError: true
  steps:
  - checkout: none
  - script: exit 1
  - script: echo never
    displayName: Say never
`,
  });

  test('ends with issues, as does the run, and a step that it skips is named', async () => {
    const { code, stdout } = await project.ci('run');
    expect(code).toBe(0);
    expect(stdout).toContain('##[section]Skipping: Say never');
    expect(stdout).toMatch(/Finishing job: Lint \(succeeded with issues\)/);
    expect(stdout).toMatch(/^-\s+Lint\s+succeeded with issues/m);
  });
});
