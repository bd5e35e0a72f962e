// How runs end: failed and run again, canceled by Ctrl-C, killed without a word.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Project, until } from './testing.fixture.ts';

const has = (project: Project, file: string) => existsSync(path.join(project.folder, file));

describe('rerun --failed', () => {
  const flaky = `
jobs:
- job: Good
  steps:
  - bash: |
      echo "good has run"
      echo "##vso[task.setvariable variable=v;isOutput=true]from good"
    name: s
  - bash: echo $(Build.BuildNumber) > a.txt
  - publish: a.txt
    artifact: kept
- job: Flaky
  dependsOn: Good
  variables: { got: "$[ dependencies.Good.outputs['s.v'] ]" }
  steps:
  - bash: |
      echo "flaky has run with $(got), attempt $(System.JobAttempt), secret $(password)"
      test -e "$MARK"
    env: { MARK: $(mark) }
- job: After
  dependsOn: Flaky
  steps:
  - download: current
    artifact: kept
  - bash: echo "after has run"
`;
  const project = new Project({
    'azure-pipelines.yml': flaky,
    'secret.env': 'password=pa55word\n',
  });
  const mark = path.join(project.folder, 'mark');

  test('runs what failed and what waited for it, with the outputs and artifacts of the rest', async () => {
    const first = await project.ci('run', '--variable', `mark=${mark}`, '--secrets', 'secret.env');
    expect(first.code).toBe(1);
    expect(first.stdout).toContain("##[error]Bash exited with code '1'.");
    expect(first.stdout).toMatch(/- +After +skipped/);
    expect(first.stdout).toMatch(/failed {2}Flaky: Bash .*\.ridgeline\/ci\/1\/logs\//);
    expect(first.stdout).toContain("'ridgeline ci rerun --failed 1'");

    project.write('mark', '');
    // The pipeline of the run is run, whatever has become of the file.
    project.write('azure-pipelines.yml', 'steps:\n- script: exit 1\n');
    const again = await project.ci('rerun', '--failed', '--secrets', 'secret.env');
    expect(again.stdout).toContain('flaky has run with from good, attempt 2, secret ***');
    expect(again.stdout).not.toContain('good has run');
    expect(again.stdout).toContain('after has run');
    expect(again.stdout).toMatch(/attempt +2/);
    expect(again.code).toBe(0);
    expect(JSON.parse(project.read('.ridgeline/ci/1/run.json'))).toMatchObject({
      state: 'finished',
      result: 'succeeded',
    });
  });

  test('is refused when nothing failed', async () => {
    const { code, stderr } = await project.ci('rerun', '--failed', '1');
    expect(stderr).toContain('RUN_NOTHING_FAILED');
    expect(code).toBe(1);
  });

  test('is refused with the reason when what it needs is damaged', async () => {
    await project.ci('run');
    project.write('.ridgeline/ci/2/snapshot.json', '{');
    const { code, stderr } = await project.ci('rerun', '--failed', '2');
    expect(stderr).toContain('RUN_DAMAGED: run 2 cannot be run again');
    expect(code).toBe(1);
    project.write('.ridgeline/ci/2/run.json', '');
    expect((await project.ci('show', '2')).stderr).toContain('RUN_DAMAGED: run 2 cannot be read');
  });
});

describe('a run that lasts', () => {
  const lasting = `
jobs:
- job: Before
  steps:
  - bash: echo before
- job: Long
  dependsOn: Before
  steps:
  - bash: |
      echo $$ > $(folder)/started
      test -e $(folder)/mark && exit 0
      sleep 600 & echo $! > $(folder)/child; wait
    displayName: Sleeps
  - bash: echo "never this"
  - bash: echo "cleaned up"
    condition: always()
- job: Next
  dependsOn: Long
  steps:
  - bash: echo "next has run"
`;
  const start = () => {
    const project = new Project({ 'azure-pipelines.yml': lasting });
    const started = project.start('run', '--variable', `folder=${project.folder}`);
    const going = until(() => has(project, 'child') && project.read('child').endsWith('\n'));
    return { project, started, going };
  };
  const isGone = (pid: number) => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };

  test('ends in order on Ctrl-C: always() steps run, nothing else, and nothing stays', async () => {
    const { project, started, going } = start();
    await going;
    started.process.kill('SIGINT');
    const { code, stdout, stderr } = await started.ended;
    expect(stderr).toContain('Canceling: steps that always run still do');
    expect(stdout).toContain('cleaned up');
    expect(stdout).not.toContain('never this');
    expect(stdout).not.toContain('next has run');
    expect(stdout).toMatch(/- +Before +succeeded/);
    expect(stdout).toMatch(/- +Long +canceled/);
    expect(stdout).toMatch(/result +canceled/);
    expect(code).toBe(1);
    await until(() => isGone(Number(project.read('child'))));
  });

  test('ends at once on a second Ctrl-C, and leaves nothing running', async () => {
    const project = new Project({
      'azure-pipelines.yml': `steps:
- bash: |
    trap 'touch $(folder)/heard' INT TERM
    echo $$ > $(folder)/child
    while true; do sleep 0.05; done
`,
    });
    const started = project.start('run', '--variable', `folder=${project.folder}`);
    await until(() => has(project, 'child') && project.read('child').endsWith('\n'));
    started.process.kill('SIGINT');
    await until(() => has(project, 'heard'));
    started.process.kill('SIGINT');
    expect((await started.ended).code).toBe(130);
    await until(() => isGone(Number(project.read('child'))));
    expect((await project.ci('show')).stdout).toMatch(/result +abandoned/);
  });

  test('that is killed is told as dead, leaves nothing running, and goes on from there', async () => {
    const { project, started, going } = start();
    await going;
    expect((await project.ci('rerun', '--failed')).stderr).toContain('RUN_STILL_GOES');
    started.process.kill('SIGKILL');
    await started.ended;

    const shown = await project.ci('show');
    expect(shown.stdout).toMatch(/result +abandoned: its process \(\d+\) ended without a word/);
    expect(shown.stdout).toMatch(/- +Before +succeeded/);
    expect(shown.stdout).toMatch(/- +Long +abandoned/);
    await until(() => isGone(Number(project.read('child'))));

    project.write('mark', '');
    const again = await project.ci('rerun', '--failed');
    expect(again.stdout).not.toMatch(/^before$/m);
    expect(again.stdout).toContain('next has run');
    expect(again.code).toBe(0);
  });

  test('that is killed is told when the next one starts', async () => {
    const { project, started, going } = start();
    await going;
    started.process.kill('SIGKILL');
    await started.ended;
    project.write('azure-pipelines.yml', 'steps:\n- script: echo\n');
    const { stderr, code } = await project.ci('run');
    expect(stderr).toMatch(
      /Run 1 is dead: .* unfinished: .*Long\. 'ridgeline ci rerun --failed 1'/,
    );
    expect(code).toBe(0);
  });
});

describe('jobs at once', () => {
  const both = `
jobs:
- job: A
  steps:
  - bash: touch $(folder)/a; until test -e $(folder)/b; do sleep 0.05; done; echo met
- job: B
  steps:
  - bash: touch $(folder)/b; until test -e $(folder)/a; do sleep 0.05; done; echo met
`;

  test('are as many as --jobs says, with their names before their lines', async () => {
    const project = new Project({ 'azure-pipelines.yml': both });
    const words = ['--variable', `folder=${project.folder}`, '--jobs', '2'];
    const { code, stdout } = await project.ci('run', ...words);
    expect(stdout).toMatch(/^A \| met$/m);
    expect(stdout).toMatch(/^B \| met$/m);
    expect(code).toBe(0);
  });
});
