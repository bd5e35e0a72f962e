// `ridgeline ci validate` on real files: mistakes with their places, and exit codes.
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

const steps =
  'parameters:\n- name: word\n  type: string\nsteps:\n- script: echo ${{ paramters.word }}\n';

describe('a pipeline with mistakes', () => {
  const project = new Project({
    'azure-pipelines.yml':
      'jobs:\n- job: A\n  dependsOn: Bild\n  steps:\n  - scrpt: echo\n- job: Build\n  steps:\n  - template: t/steps.yml\n    parameters: { word: a }\n',
    't/steps.yml': steps,
    'graph.yml':
      'jobs:\n- job: A\n  dependsOn: Bild\n  steps:\n  - script: echo\n- job: Build\n  steps:\n  - task: CopyFile@2\n',
  });

  test('shows the place, the line, a mark below it and the way through templates', async () => {
    const { code, stdout } = await project.ci('validate');
    expect(code).toBe(1);
    expect(stdout).toMatch(/t\/steps\.yml:5:\d+: error EXPRESSION_NAME_UNKNOWN: .*parameters/);
    expect(stdout).toMatch(/ {4}5 \| - script: echo \$\{\{ paramters\.word \}\}\n {6}\| +\^/);
    expect(stdout).toMatch(/included at azure-pipelines\.yml:8:\d+/);
  });

  test('shows all of them at once, with what was perhaps meant', async () => {
    const { code, stdout } = await project.ci('validate', 'graph.yml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/graph\.yml:3:\d+: error .*Bild.*Did you mean "Build"\?/);
    expect(stdout).toMatch(
      /graph\.yml:8:\d+: error TASK_UNKNOWN: .*CopyFile.*Did you mean "CopyFiles"\?/,
    );
    expect(stdout).toContain('graph.yml: 2 errors, 0 warnings');
  });

  test('is a list for programs with --json', async () => {
    const { code, stdout } = await project.ci('validate', 'graph.yml', '--json');
    expect(code).toBe(1);
    const { valid, diagnostics } = JSON.parse(stdout);
    expect(valid).toBe(false);
    expect(diagnostics[1]).toMatchObject({
      code: 'TASK_UNKNOWN',
      origin: { file: 'graph.yml', line: 8 },
    });
  });

  test('is not run, expanded or planned', async () => {
    for (const command of ['run', 'expand', 'plan'] as const) {
      const { code, stderr } = await project.ci(command, 'graph.yml');
      expect([command, code]).toEqual([command, 1]);
      expect(stderr).toContain('TASK_UNKNOWN');
    }
  });
});

describe('a pipeline without mistakes', () => {
  const project = new Project({
    'azure-pipelines.yml': 'steps:\n- script: echo\n',
    '.pipelines/azure-pipelines.yml': 'steps:\n- script: echo\n',
    'warned.yml': 'parameters:\n- name: unread\n  default: 1\nsteps:\n- script: echo\n',
    'typed.yml':
      'parameters:\n- name: envs\n  type: object\nsteps:\n- ${{ each e in parameters.envs }}:\n  - script: echo ${{ e }}\n',
    'with-repository.yml':
      'resources:\n  repositories:\n  - repository: shared\n    type: git\n    name: Team/shared\nsteps:\n- template: steps.yml@shared\n  parameters: { word: a }\n',
  });

  test('is valid, with exit code 0', async () => {
    expect(await project.ci('validate')).toMatchObject({
      code: 0,
      stdout: 'valid  azure-pipelines.yml\n',
    });
  });

  test('fails for a warning only where --strict asks for it', async () => {
    expect(await project.ci('validate', 'warned.yml')).toMatchObject({ code: 0 });
    expect(await project.ci('validate', 'warned.yml', '--strict')).toMatchObject({ code: 1 });
  });

  test('takes a list as a parameter, and says what is missing or unknown', async () => {
    expect(
      await project.ci('validate', 'typed.yml', '--parameter', 'envs=[dev, prod]'),
    ).toMatchObject({ code: 0 });
    const without = await project.ci('validate', 'typed.yml');
    expect(without.stdout).toContain("A value for the 'envs' parameter must be provided");
    const unknown = await project.ci('validate', 'typed.yml', '-p', 'envs=[a]', '-p', 'env=b');
    expect(unknown.stdout).toContain("Unexpected parameter 'env'");
    const broken = await project.ci('validate', 'typed.yml', '-p', 'envs=[a');
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('SETTINGS_INVALID') });
  });

  test('reads templates of another repository from the folder of --repository', async () => {
    const shared = new Project({ 'steps.yml': steps.replace('paramters', 'parameters') });
    const words = ['validate', 'with-repository.yml'] as const;
    expect(await project.ci(...words, '--repository', `shared=${shared.folder}`)).toMatchObject({
      code: 0,
    });
    expect(await project.ci(...words)).toMatchObject({ code: 1 });
    const nowhere = await project.ci(...words, '--repository', 'shared=/nowhere/at/all');
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('/nowhere/at/all is no folder'),
    });
  });

  test('reads templates of another repository from a git address at a ref', async () => {
    const shared = new Project({ 'steps.yml': steps });
    shared.git('checkout', '--quiet', '-b', 'fixed');
    shared.write('steps.yml', steps.replace('paramters', 'parameters'));
    shared.git(
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '--quiet',
      '-am',
      'Fix',
    );
    shared.git('checkout', '--quiet', 'main');
    const at = (ref: string) =>
      project.ci(
        'validate',
        'with-repository.yml',
        '--repository',
        `shared=file://${shared.folder}#${ref}`,
      );
    expect(await at('fixed')).toMatchObject({ code: 0 });
    expect(await at('main')).toMatchObject({ code: 1 });
    expect(await at('nowhere')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'nowhere'"),
    });
  });
});

describe('words that are wrong', () => {
  const project = new Project({ 'readme.txt': 'no pipeline\n' }, false);

  test.each([
    [['validate'], 2, 'there is no azure-pipelines.yml here; name the file'],
    [['validate', 'none.yml'], 1, 'none.yml cannot be read: it does not exist'],
    [['validate', '.'], 1, '. is no file'],
    [['validate', 'readme.txt', '--branch', 'a b'], 2, "not 'a b'"],
    [['validate', 'readme.txt', '--reason', 'Fun'], 2, 'Allowed choices are Manual'],
    [['validate', 'readme.txt', '--parameter', 'a'], 2, 'expected NAME=VALUE'],
    [
      ['validate', 'readme.txt', '--secrets', 'none.env'],
      1,
      'none.env cannot be read: it does not exist',
    ],
    [['run', 'readme.txt', '--jobs', '0'], 2, 'expected 1 to 64'],
    [['run', 'readme.txt', '--mock', 'A=maybe'], 2, 'TASK=failed'],
    [['rerun'], 2, "'ridgeline ci rerun --failed'"],
    [['rerun', '--failed'], 1, 'there is no run in'],
    [['rerun', '--failed', 'x'], 2, 'expected a whole number'],
    [['show', '7'], 1, 'there is no run 7'],
    [['fly'], 2, "unknown command 'fly'"],
  ])('%j says what to type', async (words, code, message) => {
    const said = await project.ci(...words);
    expect(said.stderr).toContain(message);
    expect(said.code).toBe(code);
  });

  test.each(['validate', 'expand', 'plan', 'run', 'rerun', 'show', 'explain-variable'])(
    '%s --help has examples',
    async (command) => {
      const { code, stdout } = await project.ci(command, '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(`Examples:\n  ridgeline ci ${command}`);
    },
  );
});
