// `ridgeline ci run` on real files, with real bash and git.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

const release = `
parameters:
- name: word
  type: string
  default: hello
- name: many
  type: object
  default: []
variables:
  config: Release
stages:
- stage: Build
  jobs:
  - job: Test
    strategy:
      matrix:
        one: { leg: 1 }
        two: { leg: 2 }
    steps:
    - bash: |
        echo "word=\${{ parameters.word }} leg=$(leg) config=$(config) given=$(given)"
        echo "branch=$(Build.SourceBranch) reason=$(Build.Reason) files=$(ls | tr '\\n' ' ')"
      displayName: Say
    - \${{ each one in parameters.many }}:
      - script: echo many \${{ one }}
    - script: echo debugging
      condition: eq(variables.config, 'Debug')
  - job: Pack
    dependsOn: Test
    steps:
    - script: echo packed > $(Build.ArtifactStagingDirectory)/a.txt
    - publish: $(Build.ArtifactStagingDirectory)
      artifact: drop
- stage: Ship
  jobs:
  - deployment: Ship
    environment: production
    strategy:
      runOnce:
        deploy:
          steps:
          - script: cat $(Pipeline.Workspace)/drop/a.txt
`;

describe('a whole run', () => {
  const project = new Project({ 'azure-pipelines.yml': release });

  test('prints sections, commands and a table, and keeps what a person looks for later', async () => {
    const { code, stdout } = await project.ci('run', '--approve', 'Ship', '--jobs', '1');
    expect(stdout).toContain('##[section]Starting: Say');
    expect(stdout).toContain('word=hello leg=2 config=Release');
    expect(stdout).toMatch(/Skipping step due to condition evaluation/);
    expect(stdout).toMatch(/Evaluating: eq\(variables(\.|\[')config/);
    expect(stdout).toMatch(/^packed$/m);
    expect(stdout).toMatch(/STAGE +JOB +RESULT/);
    expect(stdout).toMatch(/Build +Test\.two +succeeded/);
    expect(code).toBe(0);
    expect(project.read('.ridgeline/ci/1/final.yml')).toContain('word=hello');
    expect(project.read('.ridgeline/ci/1/artifacts/drop/a.txt')).toBe('packed\n');
    expect(project.read('.ridgeline/.gitignore')).toBe('*\n');
    const record = JSON.parse(project.read('.ridgeline/ci/1/run.json'));
    expect(record).toMatchObject({ state: 'finished', result: 'succeeded', attempt: 1 });
    const say = record.jobs[0].steps.find(({ name }: { name: string }) => name === 'Say');
    expect(project.read(`.ridgeline/ci/1/${say.log}`)).toMatch(/Z word=hello leg=1/);
  });

  test('is shown again by its number, as text and as JSON', async () => {
    const shown = await project.ci('show', '1');
    expect(shown.stdout).toMatch(/result +succeeded/);
    expect(JSON.parse((await project.ci('show', '--json')).stdout)).toMatchObject({ number: 1 });
  });

  test('without a yes for its environment stops there, and says what would be one', async () => {
    const { code, stdout, stderr } = await project.ci('run');
    expect(stderr).toContain('Approve it with --approve Ship');
    expect(stdout).toMatch(/Ship +\(all\) +(failed|skipped|canceled)/);
    expect(stdout).not.toMatch(/^packed$/m);
    expect(code).toBe(1);
  });

  test('gives only the record with --json, and the lines beside it', async () => {
    const { code, stdout, stderr } = await project.ci('run', '--stage', 'Build', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'succeeded',
      buildNumber: expect.stringMatching(/^\d{8}\.3$/),
    });
    expect(stderr).toContain('##[section]Starting: Say');
  });
});

describe('a part of a pipeline', () => {
  const project = new Project({ 'azure-pipelines.yml': release });

  test('is one job and one leg of its matrix', async () => {
    const { code, stdout } = await project.ci('run', '--job', 'Test', '--matrix', 'two');
    expect(code).toBe(0);
    expect(stdout).toContain('leg=2');
    expect(stdout).not.toContain('leg=1');
    expect(stdout).not.toContain('Pack');
  });

  test('does not wait for what was left out, and says so', async () => {
    const { code, stdout } = await project.ci('run', '--job', 'Build.Pack');
    expect(code).toBe(0);
    expect(stdout).toContain("job 'Pack' does not wait for 'Test', which this run leaves out");
    expect(project.read('.ridgeline/ci/2/artifacts/drop/a.txt')).toBe('packed\n');
  });

  test.each([
    [['--stage', 'Buidl'], "there is no stage 'Buidl' (there is: Build, Ship). Did you mean"],
    [['--job', 'Tset'], "there is no job 'Tset'"],
    [['--stage', 'Ship', '--job', 'Test'], "there is no job 'Test' (there is: Ship.Ship)"],
    [['--matrix', 'three'], "there is no matrix leg 'three' (there is: one, two)"],
  ])('%j is told before anything is made', async (words, message) => {
    const before = existsSync(path.join(project.folder, '.ridgeline/ci/9'));
    const { code, stderr } = await project.ci('run', ...words);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
    expect(before).toBe(false);
  });
});

describe('what a run is given', () => {
  const project = new Project({ 'azure-pipelines.yml': release });
  const one = ['run', '--job', 'Test', '--matrix', 'one'] as const;

  test('parameters, variables, branch and reason reach its steps', async () => {
    const { stdout } = await project.ci(
      ...one,
      ...['--parameter', 'word=bye', '--parameter', 'many=[x, y]', '--variable', 'given=here'],
      ...['--variable', 'config=Debug', '--branch', 'release/1', '--reason', 'Schedule'],
    );
    // A variable of the file is not to be replaced at the start.
    expect(stdout).toContain('word=bye leg=1 config=Release given=here');
    expect(stdout).toContain('branch=refs/heads/release/1 reason=Schedule');
    expect(stdout).toContain('many y');
  });

  test('the working tree comes with what is not committed, and is told', async () => {
    project.write('new.txt', 'new');
    project.write('.gitignore', 'ignored.txt\n.ridgeline\n');
    project.write('ignored.txt', 'not copied');
    const { stdout } = await project.ci(...one);
    expect(stdout).toMatch(/files=azure-pipelines\.yml new\.txt /);
    expect(stdout).toMatch(/# Copied the working tree of .*2 files that are not committed/);
  });

  test('a folder without git is copied as it is', async () => {
    const plain = new Project({ 'azure-pipelines.yml': release, 'a/b.txt': 'b' }, false);
    const { code, stdout } = await plain.ci(...one);
    expect(stdout).toContain('files=a azure-pipelines.yml');
    expect(code).toBe(0);
  });

  test('--dry-run shows the inputs and runs nothing', async () => {
    const { code, stdout } = await project.ci('run', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('##[command]Bash (dry run)');
    expect(stdout).toContain('config=Release');
    expect(stdout).toMatch(/Ship +Ship\.deploy +succeeded/);
    expect(existsSync(path.join(project.folder, '.ridgeline/ci/3/artifacts/drop'))).toBe(false);
  });
});

describe('how a run is shown and kept', () => {
  const project = new Project({
    'azure-pipelines.yml': `jobs:
- job: A
  steps:
  - bash: |
      echo "##[group]Folded"
      echo "inside"
      echo "##[endgroup]"
      echo "##[command]make"
      echo "plain ##vso[task.logissue type=warning;sourcepath=a.c;linenumber=3]odd"
      printf 'up\\033[2Jdown\\n'
    displayName: Shows
`,
    'fails.yml': 'steps:\n- bash: echo left > left.txt; exit 3\n',
  });

  test('groups are moved in, issues named, and nothing moves the terminal’s cursor', async () => {
    const { stdout } = await project.ci('run');
    expect(stdout).toContain('##[group]Folded\n  inside\n##[endgroup]\n##[command]make\n');
    expect(stdout).toMatch(/##\[warning\].*odd/);
    expect(stdout).toMatch(/warning {2}A: Shows: .*odd/);
    expect(stdout).toContain('up[2Jdown');
  });

  test('a workspace goes with its job, unless that failed or --keep says so', async () => {
    await project.ci('run');
    const kept = await project.ci('run', '--keep');
    const failed = await project.ci('run', 'fails.yml');
    const places = [kept, failed].map(
      ({ stdout }) => /workspace of .* stays at (.*)/.exec(stdout)?.[1] ?? '',
    );
    expect(places.map((place) => existsSync(place))).toEqual([true, true]);
    expect(existsSync(path.join(places[1] ?? '', '1/s/left.txt'))).toBe(true);
    const agent = (run: number) => path.join(project.folder, `.ridgeline/ci/${run}/agent`);
    expect([2, 3, 4].map((run) => readdirSync(agent(run)).length)).toEqual([0, 1, 1]);
  });

  test('--workspace says where runs are kept', async () => {
    const { code } = await project.ci('run', '--workspace', 'elsewhere');
    expect(code).toBe(0);
    expect(JSON.parse(project.read('elsewhere/ci/1/run.json')).number).toBe(1);
    expect((await project.ci('show', '-w', 'elsewhere')).stdout).toMatch(/run +1 /);
  });
});
