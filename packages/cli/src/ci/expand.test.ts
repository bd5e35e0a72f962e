// `ridgeline ci expand`, `plan` and `explain-variable` on real files.
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

describe('expand', () => {
  const project = new Project({
    'azure-pipelines.yml': `parameters:
- name: envs
  type: object
  default: [dev]
jobs:
- \${{ each env in parameters.envs }}:
  - job: j_\${{ env }}
    steps:
    - template: t/steps.yml
      parameters: { env: '\${{ env }}' }
    - bash: |
        # not: an origin
        - echo |
          x: |
`,
    't/steps.yml':
      'parameters:\n- name: env\n  type: string\nsteps:\n- script: echo ${{ parameters.env }}\n',
  });

  test('prints the final YAML, which expands to itself', async () => {
    const { code, stdout } = await project.ci('expand', '-p', 'envs=[dev, prod]');
    expect(code).toBe(0);
    expect(stdout).toContain('job: j_prod');
    expect(stdout).toContain('script: echo prod');
    expect(stdout).not.toContain('${{');
    project.write('final.yml', stdout);
    expect(await project.ci('expand', 'final.yml')).toMatchObject({ code: 0, stdout });
  });

  test('names the file and line of each line, and leaves blocks of text as they are', async () => {
    const { stdout } = await project.ci('expand', '--source-map');
    expect(stdout).toMatch(/script: echo dev +# t\/steps\.yml:5 \(from azure-pipelines\.yml:9\)/);
    expect(stdout).toMatch(/^ +# not: an origin$/m);
    project.write('mapped.yml', stdout);
    const again = await project.ci('expand', 'mapped.yml');
    expect(again.stdout).toBe((await project.ci('expand')).stdout);
  });

  test('gives programs the text and the map with --json', async () => {
    const { yaml, sourceMap } = JSON.parse((await project.ci('expand', '--json')).stdout);
    const line = yaml.split('\n').findIndex((text: string) => text.includes('echo dev'));
    expect(sourceMap[line]).toMatchObject({ file: 't/steps.yml', line: 5, via: { line: 9 } });
  });
});

describe('plan', () => {
  const project = new Project({
    'azure-pipelines.yml': `stages:
- stage: Build
  jobs:
  - job: Gen
    steps: [ script: echo ]
  - job: Many
    dependsOn: Gen
    strategy: { matrix: "$[ dependencies.Gen.outputs['s.legs'] ]" }
    steps: [ script: echo ]
  - job: Two
    strategy: { matrix: { a: { x: 1 }, b: { x: 2 } } }
    steps: [ script: echo ]
- stage: Prod
  condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
  jobs:
  - deployment: Ship
    environment: production
    strategy: { runOnce: { deploy: { steps: [ script: echo ] } } }
- stage: Undo
  condition: failed()
  jobs: [ { job: Back, steps: [ script: echo ] } ]
- stage: Told
  dependsOn: Build
  condition: eq(dependencies.Build.outputs['Gen.s.go'], 'yes')
  jobs: [ { job: Tell, steps: [ script: echo ] } ]
`,
    'steps.yml': 'steps:\n- script: echo\n',
  });

  test('shows the graph, what would run, and why something would not', async () => {
    const { code, stdout } = await project.ci('plan', '--branch', 'feature/a');
    expect(code).toBe(0);
    expect(stdout).toContain('stage Build: runs');
    expect(stdout).toContain('job Two: runs  (legs: a, b)');
    expect(stdout).toMatch(
      /job Many: runs {2}\(after Gen; as many times as a job before it says\)/,
    );
    expect(stdout).toMatch(/stage Prod: skipped {2}\(after Build; asks for approval: production\)/);
    expect(stdout).toContain("eq('refs/heads/feature/a', 'refs/heads/main')");
    expect(stdout).toMatch(/stage Undo: skipped {2}\(after Prod/);
    expect(stdout).toMatch(/stage Told: open {2}\(after Build\)\n.*Gen\.s\.go/);
  });

  test('is another on another branch', async () => {
    const { stdout } = await project.ci('plan', '--branch', 'main');
    expect(stdout).toContain('stage Prod: runs');
    expect(stdout).toContain('deployment Ship: runs  (runOnce: deploy)');
    expect(stdout).toMatch(/stage Undo: skipped {2}\(after Prod; runs after a failure\)/);
  });

  test('runs nothing and keeps nothing', async () => {
    await project.ci('plan');
    expect(project.git('status', '--short', '--ignored')).toBe('');
  });

  test('is a part, bare jobs, or JSON', async () => {
    expect((await project.ci('plan', '--stage', 'Undo')).stdout).not.toContain('Build');
    expect((await project.ci('plan', 'steps.yml')).stdout).toBe('job: runs\n');
    const [build] = JSON.parse((await project.ci('plan', '--json')).stdout);
    expect(build).toMatchObject({ stage: 'Build', outlook: 'runs' });
    expect(build.jobs[2]).toMatchObject({ job: 'Two', instances: ['a', 'b'] });
    const wrong = await project.ci('plan', '--stage', 'Biuld');
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Did you mean "Build"?'),
    });
  });
});

describe('explain-variable', () => {
  const project = new Project({
    'azure-pipelines.yml': `variables:
- group: shared
- name: config
  value: Release
- name: combined
  value: $(config)-$(password)
jobs:
- job: A
  variables: { config: Debug }
  steps:
  - bash: echo "##vso[task.setvariable variable=out;isOutput=true]42"
    name: s
  - bash: echo "##vso[task.setvariable variable=config]Later"
    displayName: Change it
- job: B
  dependsOn: A
  variables: { fromA: "$[ dependencies.A.outputs['s.out'] ]" }
  strategy: { matrix: { one: { leg: x }, two: { leg: y } } }
  steps: [ script: echo ]
- job: C
  condition: eq(variables['config'], 'None')
  steps: [ script: echo ]
`,
    'secret.env': 'password=pa55word\n',
    'group.yml': 'fromGroup: g\ntoken: { value: t0ken, isSecret: true }\n',
  });
  const given = ['--secrets', 'secret.env', '--variable-group', 'shared=group.yml'] as const;
  const explain = async (name: string, ...words: readonly string[]) =>
    (await project.ci('explain-variable', name, ...words)).stdout;

  test('names each place that sets it, with its scope and phase, and its value in each job', async () => {
    const stdout = await explain('CONFIG', '--variable', 'config=Given');
    expect(stdout).toMatch(/--variable +- +job made ready +- +Given/);
    expect(stdout).toMatch(/pipeline +- +in the file +azure-pipelines\.yml:4:10 +Release/);
    expect(stdout).toMatch(/job +A +in the file +azure-pipelines\.yml:9:\d+ +Debug/);
    expect(stdout).toMatch(/step +A: Change it +job runs +azure-pipelines\.yml:13:\d+ +Later/);
    expect(stdout).toMatch(/^A +Debug$/m);
    expect(stdout).toMatch(/^B\.two +Release$/m);
    expect(stdout).toMatch(/^C +\(would not run\)$/m);
  });

  test('masks secrets, also those inside of others', async () => {
    expect(await explain('password', ...given)).toMatch(/--secrets .*\*\*\*[\s\S]*^A +\*\*\*$/m);
    expect(await explain('combined', ...given)).toMatch(/^A +Debug-\*\*\*$/m);
    expect(await explain('token', ...given)).toMatch(/group 'shared' .*\*\*\*/);
  });

  test('knows groups, legs, outputs and predefined ones', async () => {
    expect(await explain('fromGroup', ...given)).toMatch(/^B\.one +g$/m);
    expect(await explain('fromGroup')).toContain(
      "not known here, and may set it: --variable-group 'shared=FILE'",
    );
    expect(await explain('leg')).toMatch(/^B\.one +x$/m);
    expect(await explain('s.out')).toMatch(
      /an output: later steps of the job read it by this name/,
    );
    expect(await explain('fromA')).toMatch(/before the jobs it depends on have run/);
    expect(await explain('Build.Reason', '--reason', 'Schedule')).toMatch(/predefined .*Schedule/);
    expect(await explain('Agent.TempDirectory')).toMatch(
      /predefined +agent +job runs +- +\(not known yet\)/,
    );
  });

  test('says when nothing sets it, and what was perhaps meant', async () => {
    const { code, stdout } = await project.ci('explain-variable', 'confg', ...given);
    expect(stdout).toContain('Nothing in this pipeline sets confg');
    expect(stdout).toContain('Did you mean config?');
    expect(code).toBe(1);
  });

  test('is JSON for programs', async () => {
    const explained = JSON.parse(await explain('config', '--json'));
    expect(explained.values[0]).toMatchObject({ value: 'Debug', isSecret: false });
  });
});
