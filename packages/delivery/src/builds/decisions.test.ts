// Builds that wait for people and locks, are cancelled and run again; and what they keep to themselves.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, BuildLab, grace, reader, resultsOf, stepOf } from './test/build-lab.ts';
import { until } from './test/until.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const release = (environment: string) => `
stages:
- stage: Release
  jobs:
  - deployment: out
    environment: ${environment}
    strategy: { runOnce: { deploy: { steps: [{ bash: echo out, displayName: go }] } } }
- stage: After
  condition: always()
  jobs: [{ job: tell, condition: always(), steps: [{ bash: echo told }] }]
`;

describe('an approval', () => {
  test('is waited for, counted, and lets the stage deploy', async () => {
    const { engine, assets } = await lab.open();
    const checks = [
      { type: 'approval', approvers: ['ada', 'grace'], instructions: 'Look at it.' },
    ] as const;
    await assets.environments.create({ name: 'prod', checks });
    await lab.define(release('prod'));
    const { id } = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
    const waiting = await lab.untilWaiting(id, 'Release');
    expect(waiting).toMatchObject({
      status: 'inProgress',
      approvals: [{ kind: 'stage', about: ['prod'], minimum: 2, instructions: 'Look at it.' }],
    });
    expect(waiting.stages[0]).toMatchObject({ phase: 'checking' });
    await expect(engine.approve(id, 'Release', reader)).rejects.toMatchObject({
      code: 'APPROVAL_NOT_PERMITTED',
      status: 403,
    });
    await engine.approve(id, 'Release', ada, 'looks good');
    expect((await engine.builds.get(id)).approvals).toMatchObject([{ state: 'pending' }]);
    await engine.approve(id, 'release', grace);
    expect(await engine.waitFor(id)).toMatchObject({
      result: 'succeeded',
      approvals: [{ state: 'approved', decisions: [{ by: 'ada', comment: 'looks good' }, {}] }],
    });
    expect(await assets.environments.deployments('prod', 10)).toMatchObject([
      { buildId: 1, stage: 'Release', job: 'out', status: 'Succeeded', requestedBy: 'ada' },
    ]);
    await expect(engine.approve(id, 'Release', grace)).rejects.toMatchObject({
      code: 'BUILD_NOT_WAITING',
    });
  });

  test('in sequence is given one after the other', async () => {
    const { engine, assets } = await lab.open();
    const approvers = ['grace', 'ada'];
    const checks = [{ type: 'approval', approvers, inSequence: true }] as const;
    await assets.environments.create({ name: 'prod', checks });
    await lab.define(release('prod'));
    const { id } = await engine.queue({ pipeline: 'ci' });
    await lab.untilWaiting(id, 'Release');
    await expect(engine.approve(id, 'Release', ada)).rejects.toMatchObject({
      code: 'APPROVAL_NOT_PERMITTED',
      message: expect.stringContaining('it is the turn of grace'),
    });
    await engine.approve(id, 'Release', grace);
    await expect(engine.approve(id, 'Release', grace)).rejects.toThrow('the turn of ada');
    await engine.approve(id, 'Release', ada);
    expect(await engine.waitFor(id)).toMatchObject({ result: 'succeeded' });
  });

  test('that is refused fails the stage, and always() goes on', async () => {
    const { engine, assets } = await lab.open();
    await assets.environments.create({ name: 'prod', checks: [{ type: 'approval' }] });
    await lab.define(release('prod'));
    const { id } = await engine.queue({ pipeline: 'ci' });
    await lab.untilWaiting(id, 'Release');
    await engine.reject(id, 'Release', grace, 'not today');
    const build = await engine.waitFor(id);
    expect(build.stages).toMatchObject([{ result: 'failed' }, { result: 'succeeded' }]);
    expect(build.issues).toMatchObject([
      { message: "the deployment to 'prod' was rejected by grace" },
    ]);
  });

  test('is waited for on after the server was told to end', async () => {
    const first = await lab.open();
    await first.assets.environments.create({ name: 'prod', checks: [{ type: 'approval' }] });
    await lab.define(release('prod'));
    const { id } = await first.engine.queue({ pipeline: 'ci' });
    await lab.untilWaiting(id, 'Release');
    await lab.close();
    const { engine, errors } = await lab.open();
    expect((await engine.builds.get(id)).approvals).toMatchObject([{ state: 'pending' }]);
    await engine.approve(id, 'Release', grace);
    expect(await engine.waitFor(id)).toMatchObject({ result: 'succeeded' });
    expect(errors).toEqual([]);
  });

  test('of a branch that may not be deployed is not even asked for', async () => {
    const { engine, assets } = await lab.open();
    const checks = [
      { type: 'approval' },
      { type: 'branchControl', allowedBranches: ['release/*'] },
    ] as const;
    await assets.environments.create({ name: 'prod', checks });
    await lab.define(release('prod'));
    const build = await lab.build();
    expect(build).toMatchObject({ result: 'failed', approvals: [] });
    expect(build.issues[0]?.message).toMatch(/refs\/heads\/main is not among the allowed branches/);
    expect(await engine.builds.list({ status: 'inProgress' })).toEqual([]);
  });

  test('of a task and the start of a manual stage are given the same way', async () => {
    const { engine } = await lab.open();
    await lab.define(`
stages:
- stage: Ask
  jobs:
  - job: ask
    pool: server
    steps: [{ task: ManualValidation@1, inputs: { notifyUsers: '', instructions: 'Sure?' } }]
- stage: Hand
  trigger: manual
  jobs: [{ job: work, steps: [{ bash: echo done }] }]
`);
    const { id } = await engine.queue({ pipeline: 'ci' });
    const asked = await lab.untilWaiting(id, 'Ask');
    expect(asked.approvals).toMatchObject([{ kind: 'manualValidation', instructions: 'Sure?' }]);
    await engine.approve(id, 'Ask', grace);
    await lab.untilWaiting(id, 'Hand');
    await engine.approve(id, 'Hand', grace);
    expect(resultsOf(await engine.waitFor(id))).toEqual({
      'Ask.ask': 'succeeded',
      'Hand.work': 'succeeded',
    });
  });
});

describe('an exclusive lock', () => {
  const locked = (behavior: string) => `
lockBehavior: ${behavior}
stages:
- stage: Release
  jobs:
  - deployment: out
    environment: prod
    strategy: { runOnce: { deploy: { steps: [{ bash: 'while [ ! -e "$GO" ]; do sleep 0.02; done' }] } } }
`;

  const open = async (behavior: string) => {
    const opened = await lab.open({
      environment: () => ({ GO: lab.file('go'), PATH: process.env.PATH ?? '' }),
    });
    await opened.assets.environments.create({ name: 'prod', checks: [{ type: 'exclusiveLock' }] });
    await lab.define(locked(behavior));
    return opened;
  };

  const phaseOf = async (id: string) => {
    const engine = engineOf();
    return (await engine.builds.get(id)).stages[0]?.phase;
  };
  let engineOf: () => Awaited<ReturnType<BuildLab['open']>>['engine'];

  test.each([
    ['sequential', ['succeeded', 'succeeded', 'succeeded']],
    ['runLatest', ['succeeded', 'canceled', 'succeeded']],
  ])(
    'lets one at a time through; with %s those that wait come to %j',
    async (behavior, results) => {
      const { engine } = await open(behavior);
      engineOf = () => engine;
      const ids: string[] = [];
      for (const wanted of ['running', 'checking', 'checking']) {
        const { id } = await engine.queue({ pipeline: 'ci' });
        ids.push(id);
        await until(`build ${id} is ${wanted}`, async () => (await phaseOf(id)) === wanted);
      }
      await lab.writeFile('go');
      const builds = await Promise.all(ids.map((id) => engine.waitFor(id)));
      expect(builds.map(({ result }) => result)).toEqual(results);
    },
  );
});

describe('a cancel', () => {
  test('ends what runs, and lets always() go on', async () => {
    const { engine } = await lab.open({ environment: () => ({ AT: lab.file('at') }) });
    await lab.define(`
jobs:
- job: long
  steps:
  - { checkout: none }
  - { bash: 'touch "$AT"; sleep 600', displayName: sleep }
  - { bash: echo never, displayName: not }
  - { bash: echo tidy, displayName: tidy, condition: always() }
- { job: next, dependsOn: long, steps: [{ bash: echo next }] }
- { job: last, dependsOn: next, condition: always(), steps: [{ checkout: none }, { bash: echo last }] }
`);
    const { id } = await engine.queue({ pipeline: 'ci' });
    await until('it sleeps', () => lab.hasFile('at'));
    await expect(engine.cancel(id)).resolves.toMatchObject({ status: 'cancelling' });
    const build = await engine.waitFor(id);
    expect(build).toMatchObject({ status: 'completed', result: 'canceled' });
    expect(stepOf(build, 'not').result).toBe('skipped');
    expect(stepOf(build, 'tidy').result).toBe('succeeded');
    expect(resultsOf(build)).toEqual({
      '__default.long': 'canceled',
      '__default.next': 'canceled',
      '__default.last': 'succeeded',
    });
    await expect(engine.cancel(id)).rejects.toMatchObject({ code: 'BUILD_ENDED' });
  });

  test('takes back what people were asked', async () => {
    const { engine, assets } = await lab.open();
    await assets.environments.create({ name: 'prod', checks: [{ type: 'approval' }] });
    await lab.define(release('prod'));
    const { id } = await engine.queue({ pipeline: 'ci' });
    await lab.untilWaiting(id, 'Release');
    await engine.cancel(id);
    const build = await engine.waitFor(id);
    expect(build).toMatchObject({
      result: 'canceled',
      stages: [{ result: 'canceled' }, { result: 'succeeded' }],
    });
    await until('the question is void', async () => {
      const [approval] = (await engine.builds.get(id)).approvals;
      return approval?.state === 'canceled';
    });
  });

  test('holds with another server, which asks on for what is to run always', async () => {
    const environment = () => ({ AT: lab.file('at') });
    const first = await lab.open({ environment });
    await first.assets.environments.create({ name: 'prod', checks: [{ type: 'approval' }] });
    await lab.define(`
stages:
- stage: Work
  jobs: [{ job: long, steps: [{ checkout: none }, { bash: 'touch "$AT"; sleep 600' }] }]
- stage: Tidy
  condition: always()
  jobs:
  - deployment: tidy
    condition: always()
    environment: prod
    strategy: { runOnce: { deploy: { steps: [{ bash: echo tidy }] } } }
- stage: Never
  jobs: [{ job: never, steps: [{ bash: echo never }] }]
`);
    const { id } = await first.engine.queue({ pipeline: 'ci' });
    await until('it sleeps', () => lab.hasFile('at'));
    await first.engine.cancel(id);
    await lab.untilWaiting(id, 'Tidy');
    await lab.close();
    const { engine } = await lab.open({ environment });
    expect(await lab.untilWaiting(id, 'Tidy')).toMatchObject({ status: 'cancelling' });
    await engine.approve(id, 'Tidy', grace);
    const build = await engine.waitFor(id);
    expect(build.result).toBe('canceled');
    expect(resultsOf(build)).toEqual({
      'Work.long': 'canceled',
      'Tidy.tidy': 'succeeded',
      'Never.never': 'canceled',
    });
  });

  test('of a job that waits for an agent does not wait for one', async () => {
    const { engine } = await lab.open({ slots: 1, environment: () => ({ AT: lab.file('at') }) });
    await lab.define(`steps: [{ checkout: none }, { bash: 'touch "$AT"; sleep 600' }]`);
    const first = await engine.queue({ pipeline: 'ci' });
    await until('the first sleeps', () => lab.hasFile('at'));
    const second = await engine.queue({ pipeline: 'ci' });
    await engine.cancel(second.id);
    expect(await engine.waitFor(second.id)).toMatchObject({ result: 'canceled' });
    await engine.cancel(first.id);
    expect(await engine.waitFor(first.id)).toMatchObject({ result: 'canceled' });
  });
});

describe('a rerun', () => {
  const yaml = `
jobs:
- job: good
  steps:
  - { checkout: none }
  - bash: |
      echo ran >> "$AT"
      echo "##vso[task.setvariable variable=pass;isOutput=true;isSecret=true]s3cret-$((6 * 7))"
    name: s
- job: bad
  dependsOn: good
  variables: { pass: "$[ dependencies.good.outputs['s.pass'] ]" }
  steps:
  - { checkout: none }
  - bash: 'echo "the length is \${#PASS}, attempt $(System.JobAttempt)"; [ -e "$GO" ]'
    displayName: need
    env: { PASS: $(pass) }
`;

  test('of what has failed keeps what went well, its secret outputs too, also after a restart', async () => {
    const environment = () => ({ AT: lab.file('at'), GO: lab.file('go') });
    await lab.open({ environment });
    await lab.define(yaml);
    const failed = await lab.build();
    expect(failed).toMatchObject({ result: 'failed', attempt: 1 });
    await lab.close();
    expect(await lab.databaseHolds('s3cret-42')).toBe(false);
    const { engine } = await lab.open({ environment });
    await lab.writeFile('go');
    await engine.rerun(failed.id);
    const build = await engine.waitFor(failed.id);
    expect(build).toMatchObject({ result: 'succeeded', attempt: 2 });
    expect(await lab.logOf(build, 'need')).toContain('the length is 9, attempt 2');
    expect(await lab.readFile('at')).toBe('ran\n');
    await expect(engine.rerun(build.id)).rejects.toMatchObject({ code: 'BUILD_NOTHING_FAILED' });
    await engine.rerun(build.id, 'all');
    expect(await engine.waitFor(build.id)).toMatchObject({ result: 'succeeded', attempt: 3 });
    expect(await lab.readFile('at')).toBe('ran\nran\n');
  });
});

describe('secrets', () => {
  test('of groups and definitions reach the steps that map them, masked, and nothing else', async () => {
    const { engine, assets } = await lab.open();
    await assets.groups.create({
      name: 'keys',
      pipelines: ['ci'],
      variables: { KEY: { value: 'group-s3cret', isSecret: true }, plain: { value: 'seen' } },
    });
    await lab.define(
      `
variables: [{ group: keys }]
steps:
- { checkout: none }
- bash: echo "$MINE $OWN $(plain) [$KEY]"
  displayName: say
  env: { MINE: $(KEY), OWN: $(own) }
`,
      {
        variables: [
          { name: 'own', value: 'definition-s3cret', isSecret: true, allowOverride: true },
        ],
      },
    );
    const build = await lab.build();
    expect(await lab.logOf(build, 'say')).toContain('*** *** seen []');
    const given = await lab.build({ variables: { own: 'given-s3cret' } });
    expect(given.variables).toEqual({ own: '***' });
    expect((await engine.pipelines.get('ci')).variables).toMatchObject([
      { name: 'own', value: '' },
    ]);
    await lab.close();
    for (const secret of ['group-s3cret', 'definition-s3cret', 'given-s3cret'])
      expect(await lab.databaseHolds(secret)).toBe(false);
  });

  test('of a group that the pipeline may not use stop the build', async () => {
    const { engine, assets } = await lab.open();
    await assets.groups.create({ name: 'keys', pipelines: ['other'] });
    await lab.define('variables: [{ group: keys }]\nsteps: [{ bash: echo }]');
    await expect(engine.queue({ pipeline: 'ci' })).rejects.toMatchObject({
      code: 'VARIABLE_GROUP_NOT_PERMITTED',
    });
  });
});
