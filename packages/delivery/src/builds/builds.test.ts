// Builds from a definition to their end: real git repositories, real bash.
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuildLab, resultsOf, stepOf } from './test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const hello = 'steps: [{ bash: echo hello, displayName: greet }]';

describe('a build', () => {
  test('runs stages, jobs and steps of a commit, and keeps their logs', async () => {
    await lab.open();
    const build = await lab.run(
      `
name: $(Date:yyyy)-$(Rev:rr)
parameters: [{ name: who, type: string, default: world }]
stages:
- stage: A
  jobs:
  - job: one
    steps:
    - checkout: self
    - bash: |
        echo "hello \${{ parameters.who }}, build $(Build.BuildId) of $(Build.DefinitionName)"
        grep '^name:' azure-pipelines.yml
        echo "##vso[task.setvariable variable=x;isOutput=true]42"
      name: s
      displayName: greet
- stage: B
  dependsOn: A
  variables: { fromA: "$[ stageDependencies.A.one.outputs['s.x'] ]" }
  jobs:
  - job: two
    steps: [{ bash: 'echo got $(fromA)', displayName: take }]
`,
      { parameters: { who: 'Ada' } },
    );
    expect(build).toMatchObject({
      id: '1',
      status: 'completed',
      result: 'succeeded',
      reason: 'Manual',
      branch: 'refs/heads/main',
      commitMessage: 'first',
      requestedBy: 'ada',
      attempt: 1,
    });
    expect(build.buildNumber).toMatch(/^\d{4}-01$/);
    const greeted = await lab.logOf(build, 'greet');
    expect(greeted).toContain('hello Ada, build 1 of ci');
    expect(greeted).toContain('name: $(Date:yyyy)-$(Rev:rr)');
    expect(await lab.logOf(build, 'take')).toContain('got 42');
  });

  test('takes the commit that it was queued with, though the branch has moved on', async () => {
    const { engine } = await lab.open();
    const location = await lab.define(hello);
    const { commit } = await lab.build();
    await lab.commit(location, { 'azure-pipelines.yml': 'steps: [{ bash: exit 1 }]' }, 'second');
    expect(await lab.build()).toMatchObject({ result: 'failed', commitMessage: 'second' });
    expect(await lab.build({ commit })).toMatchObject({ result: 'succeeded', commit });
    expect((await engine.builds.list()).map(({ buildNumber }) => buildNumber.slice(8))).toEqual([
      '.3',
      '.2',
      '.1',
    ]);
  });

  test('reads templates of other repositories at their ref', async () => {
    await lab.open();
    const location = await lab.repository('shared', { 'say.yml': 'steps: [{ bash: echo old }]' });
    const { git } = await import('@ridgeline/azure-pipelines');
    await git(location, ['checkout', '--quiet', '-b', 'next']);
    const say = 'steps: [{ bash: echo from next, displayName: say }]';
    await lab.commit(location, { 'say.yml': say }, 'next');
    await lab.define(
      `
resources: { repositories: [{ repository: shared, type: git, name: shared, ref: refs/heads/next }] }
steps: [{ checkout: none }, { template: say.yml@shared }]
`,
      { repositories: { shared: { location } } },
    );
    expect(await lab.logOf(await lab.build(), 'say')).toContain('from next');
  });

  test('counts its revisions and its counters on, also with another server', async () => {
    await lab.open();
    await lab.define(`
name: r$(Rev:r)
variables: { n: "$[ counter('x', 7) ]" }
steps: [{ bash: echo n is $(n), displayName: say }]
`);
    expect(await lab.logOf(await lab.build(), 'say')).toContain('n is 7');
    await lab.close();
    await lab.open();
    const second = await lab.build();
    expect(second.buildNumber).toBe('r2');
    expect(await lab.logOf(second, 'say')).toContain('n is 8');
  });

  test('takes the name and the tags that a step gives it', async () => {
    await lab.open();
    const script = 'echo "##vso[build.updatebuildnumber]v 2"; echo "##vso[build.addbuildtag]good"';
    expect(await lab.run(`steps: [{ bash: '${script}' }]`)).toMatchObject({
      buildNumber: 'v 2',
      tags: ['good'],
    });
  });

  test('gives its steps no variable of the server, but those that it is told to', async () => {
    process.env.RIDGELINE_TEST_SECRET = 'hidden';
    await lab.open({ environment: () => ({ FOR_STEPS: 'given' }) });
    const script = 'echo "[$FOR_STEPS|$RIDGELINE_TEST_SECRET]"';
    const build = await lab.run(`steps: [{ bash: '${script}', displayName: say }]`);
    delete process.env.RIDGELINE_TEST_SECRET;
    expect(await lab.logOf(build, 'say')).toContain('[given|]');
  });

  test('gives each job a token that ends with it', async () => {
    const said: string[] = [];
    const issueToken = async ({ job }: { job: string }) => ({
      value: `token-of-${job}`,
      revoke: async () => void said.push(`revoked ${job}`),
    });
    await lab.open({ issueToken });
    const script = '[ "$TOKEN" = token-of-__default.one ] && echo "it is $TOKEN"';
    const build = await lab.run(`
jobs: [{ job: one, steps: [{ bash: '${script}', env: { TOKEN: $(System.AccessToken) }, displayName: use }] }]
`);
    expect(await lab.logOf(build, 'use')).toContain('it is ***');
    expect(said).toEqual(['revoked __default.one']);
  });
});

describe('what a build leaves', () => {
  test('artifacts, which the builds of other pipelines download', async () => {
    const { engine } = await lab.open();
    await lab.define(
      `
steps:
- bash: mkdir -p out/deep && echo model > out/deep/model.txt
- publish: out
  artifact: model
`,
      { name: 'Model-CI' },
    );
    const made = await lab.build({ pipeline: 'Model-CI' });
    expect(made.result).toBe('succeeded');
    expect(await engine.builds.artifacts(made.id)).toEqual([
      { name: 'model', files: 1, sizeBytes: 6 },
    ]);
    expect(await engine.builds.artifactFiles(made.id, 'model')).toEqual(['deep/model.txt']);
    const build = await lab.run(`
resources: { pipelines: [{ pipeline: model, source: Model-CI }] }
steps:
- checkout: none
- download: model
- bash: cat "$(Pipeline.Workspace)/model/model/deep/model.txt"; echo "of $(resources.pipeline.model.runID)"
  displayName: show
`);
    expect(await lab.logOf(build, 'show')).toEqual(expect.arrayContaining(['model', 'of 1']));
  });

  test('test results and coverage, summed up', async () => {
    await lab.open();
    const build = await lab.run(`
steps:
- bash: |
    echo '<testsuite name="s"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>' > junit.xml
    echo '<coverage line-rate="0.5" lines-covered="1" lines-valid="2"><packages/></coverage>' > cobertura.xml
- task: PublishTestResults@2
  inputs: { testResultsFiles: junit.xml, searchFolder: $(System.DefaultWorkingDirectory) }
- task: PublishCodeCoverageResults@1
  inputs: { codeCoverageTool: Cobertura, summaryFileLocation: cobertura.xml }
`);
    expect(build.tests).toMatchObject([{ total: 2, passed: 1, failed: 1 }]);
    expect(build.coverage).toMatchObject([{ linePercent: 50 }]);
  });

  test('its logs by line, from any line on', async () => {
    const { engine } = await lab.open();
    const build = await lab.run(`steps: [{ bash: seq 1 5000, displayName: count }]`);
    const { log } = stepOf(build, 'count');
    const first = await engine.builds.log(build.id, log, 0, 100);
    expect(first).toMatchObject({ next: 100, isComplete: false });
    const rest = await engine.builds.log(build.id, log, first.next);
    expect(rest).toMatchObject({ isComplete: true });
    const numbers = [...first.lines, ...rest.lines].flatMap(
      (line) => /Z (\d+)$/.exec(line)?.[1] ?? [],
    );
    expect(numbers).toEqual(Array.from({ length: 5_000 }, (_, n) => String(n + 1)));
    expect(await engine.builds.log(build.id, log, rest.next)).toEqual({
      lines: [],
      next: rest.next,
      isComplete: true,
    });
  });

  test('a log that is gone reads as an empty one, and a number that no step has as none', async () => {
    const { engine } = await lab.open();
    const build = await lab.run(hello);
    await rm(`${lab.workspaceFolder}/delivery/builds/1/logs`, { recursive: true });
    const { log } = stepOf(build, 'greet');
    expect(await engine.builds.log(build.id, log)).toMatchObject({ lines: [], isComplete: true });
    await expect(engine.builds.log(build.id, 99)).rejects.toMatchObject({
      code: 'BUILD_LOG_NOT_FOUND',
    });
  });

  test('artifact files that no path can leave', async () => {
    const { engine } = await lab.open();
    const build = await lab.run(`
steps:
- bash: mkdir out && echo x > out/x && ln -s /etc/hostname out/link
- { publish: out, artifact: a }
`);
    const { content, sizeBytes } = await engine.builds.openArtifactFile(build.id, 'a', 'x');
    expect([sizeBytes, await text(content)]).toEqual([2, 'x\n']);
    for (const odd of ['../../logs', '/etc/hostname', 'link', ''])
      await expect(engine.builds.openArtifactFile(build.id, 'a', odd)).rejects.toMatchObject({
        code: 'BUILD_ARTIFACT_NOT_FOUND',
      });
  });

  test('as many as its pipeline keeps; what belonged to the others is gone', async () => {
    const { engine, workspace } = await lab.open();
    await lab.define(hello, { keepBuilds: 1 });
    const first = await lab.build();
    const second = await lab.build();
    expect((await engine.builds.list()).map(({ id }) => id)).toEqual([second.id]);
    await expect(engine.builds.get(first.id)).rejects.toMatchObject({ code: 'BUILD_NOT_FOUND' });
    const secrets = await workspace.database.kysely.selectFrom('secrets').select('name').execute();
    expect(secrets.filter(({ name }) => name.startsWith('builds/'))).toHaveLength(1);
  });

  test('events, in the order in which they came', async () => {
    const { engine } = await lab.open();
    const { id } = await lab.run(hello);
    const kinds = (await engine.builds.events({ build: id })).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'queued',
      'stageStarted',
      'jobQueued',
      'jobStarted',
      'jobEnded',
      'stageEnded',
      'ended',
    ]);
  });
});

describe('a build is refused', () => {
  test('with all mistakes of its file, by line', async () => {
    const { engine } = await lab.open();
    await lab.define('steps:\n- task: Nonsense@1\n- bash: x\n  displayNam: y\n');
    const refused = engine.queue({ pipeline: 'ci' });
    await expect(refused).rejects.toMatchObject({ code: 'BUILD_INVALID', status: 400 });
    await expect(refused).rejects.toThrow(/2:3: .*Nonsense.*\n.*4:3: .*displayNam/);
    expect(await engine.builds.list()).toEqual([]);
  });

  test.each([
    [{ pipeline: 'nothing' }, 'DELIVERY_PIPELINE_NOT_FOUND'],
    [{ branch: 'nothing' }, 'REPOSITORY_NOT_READ'],
    [{ branch: '--upload-pack=x' }, 'BUILD_INVALID'],
    [{ commit: 'HEAD' }, 'BUILD_INVALID'],
    [{ parameters: { no: 1 } }, 'BUILD_INVALID'],
    [{ stagesToSkip: ['nothing'] }, 'BUILD_INVALID'],
    [{ variables: { fixed: '2' } }, 'BUILD_INVALID'],
  ])('for %j', async (request, code) => {
    const { engine } = await lab.open();
    await lab.define(hello, { variables: [{ name: 'fixed', value: '1' }] });
    await expect(engine.queue({ pipeline: 'ci', ...request })).rejects.toMatchObject({ code });
  });

  test('where its pipeline is disabled, or its repository gone', async () => {
    const { engine } = await lab.open();
    const location = await lab.define(hello, { enabled: false });
    const queue = () => engine.queue({ pipeline: 'ci' });
    await expect(queue()).rejects.toMatchObject({ code: 'DELIVERY_PIPELINE_DISABLED' });
    await engine.pipelines.update('ci', { enabled: true });
    await rm(location, { recursive: true });
    await expect(queue()).rejects.toMatchObject({ code: 'REPOSITORY_NOT_READ' });
  });
});

describe('jobs', () => {
  test('wait for a free agent; those of servers hold none', async () => {
    const environment = () => ({ ONLY: lab.file('only') });
    await lab.open({ slots: 1, environment });
    const build = await lab.run(`
jobs:
- job: server
  pool: server
  steps: [{ task: Delay@1, inputs: { delayForMinutes: 0 } }]
- { job: a, steps: [{ checkout: none }, { bash: 'mkdir "$ONLY" && rmdir "$ONLY"' }] }
- { job: b, steps: [{ checkout: none }, { bash: 'mkdir "$ONLY" && rmdir "$ONLY"' }] }
`);
    expect(resultsOf(build)).toEqual({
      '__default.server': 'succeeded',
      '__default.a': 'succeeded',
      '__default.b': 'succeeded',
    });
  });
});
