import { describe, expect, test } from 'vitest';
import type { CanaryStrategy, Hooks } from '../pipeline/deployment.ts';
import {
  drive,
  type Endings,
  mistakesOf,
  outcomeOf,
  started,
  variableOf,
} from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import type { EnvironmentResource } from './run-facts.ts';
import {
  deployment,
  environment,
  factsOf,
  hook,
  jobsOf,
  pipelineOf,
  text,
} from './testing.fixture.ts';

const all: Hooks = {
  preDeploy: hook(),
  deploy: hook(),
  routeTraffic: hook(),
  postRouteTraffic: hook(),
  onFailure: hook(),
  onSuccess: hook(),
};

/** Names of the hooks that ran, without the stage and job. */
function hooksRun(pipeline: ReturnType<typeof jobsOf>, endings: Endings = {}, facts = factsOf()) {
  const run = drive(pipeline, endings, facts);
  return run.jobs.map(({ identifier }) => identifier.replace('S.D.', ''));
}

describe('runOnce', () => {
  const pipeline = jobsOf({ D: deployment({ kind: 'runOnce', hooks: all }) });

  test('runs its hooks in order, each as a job of its own', () => {
    expect(hooksRun(pipeline)).toEqual([
      'preDeploy',
      'deploy',
      'routeTraffic',
      'postRouteTraffic',
      'onSuccess',
    ]);
  });

  test('a failed hook leads to on.failure, and the job has failed', () => {
    const endings: Endings = { 'S.D.routeTraffic': 'failed' };
    expect(hooksRun(pipeline, endings)).toEqual([
      'preDeploy',
      'deploy',
      'routeTraffic',
      'onFailure',
    ]);
    expect(drive(pipeline, endings).result).toBe('failed');
  });

  test('a hook that was canceled leads to nothing', () => {
    const endings: Endings = { 'S.D.deploy': 'canceled' };
    expect(hooksRun(pipeline, endings)).toEqual(['preDeploy', 'deploy']);
    expect(drive(pipeline, endings).result).toBe('canceled');
  });

  test('the failure of an on hook calls no other one', () => {
    expect(hooksRun(pipeline, { 'S.D.onSuccess': 'failed' }).at(-1)).toBe('onSuccess');
    expect(drive(pipeline, { 'S.D.onSuccess': 'failed' }).result).toBe('failed');
  });

  test('hooks that are not written are not run', () => {
    const short = jobsOf({ D: deployment({ kind: 'runOnce', hooks: { deploy: hook() } }) });
    expect(hooksRun(short)).toEqual(['deploy']);
  });

  test('continueOnError is the job’s: the hooks still answer to the failure', () => {
    const lenient = jobsOf({
      D: deployment({ kind: 'runOnce', hooks: all }, { continueOnError: text('true') }),
    });
    const endings: Endings = { 'S.D.deploy': 'failed' };
    expect(hooksRun(lenient, endings)).toEqual(['preDeploy', 'deploy', 'onFailure']);
    expect(drive(lenient, endings).result).toBe('succeededWithIssues');
  });

  test('hooks have their own steps and pool', () => {
    const server = { kind: 'server', origin: text('').origin } as const;
    const hooks = { preDeploy: hook({ pool: server }), deploy: hook() };
    const { jobs } = drive(jobsOf({ D: deployment({ kind: 'runOnce', hooks }) }));
    expect(jobs.map(({ holdsAgent }) => holdsAgent)).toEqual([false, true]);
  });

  test('a hook knows its strategy and its environment', () => {
    const words = { environment: environment('$(env)', { resourceName: text('web') }) };
    const job = deployment({ kind: 'runOnce', hooks: { deploy: hook() } }, words);
    const run = drive(jobsOf({ D: job }, { env: 'prod' }));
    const read = (name: string) => variableOf(run, 'S.D.deploy', name);
    expect(read('Environment.Name')).toBe('prod');
    expect(read('Environment.ResourceName')).toBe('web');
    expect(read('Strategy.Name')).toBe('runOnce');
    expect(read('Strategy.CycleName')).toBe('Iteration');
    expect(read('System.JobName')).toBe('D');
    expect(run.jobs[0]?.environment).toEqual({ name: 'prod', resourceName: 'web' });
  });

  test('an environment named by a variable of the job is not found', () => {
    const words = { environment: environment('$(env)'), variables: { env: 'prod' } };
    const job = deployment({ kind: 'runOnce', hooks: { deploy: hook() } }, words);
    const run = drive(jobsOf({ D: job }));
    expect(run.result).toBe('failed');
    expect(mistakesOf(run)[0]).toContain('the environment is "$(env)" and could not be found');
  });
});

describe('canary', () => {
  const canary = (increments: number[], hooks: Hooks = all): CanaryStrategy => ({
    kind: 'canary',
    increments,
    hooks,
  });

  test('goes through its increments and ends with the full release', () => {
    expect(hooksRun(jobsOf({ D: deployment(canary([10, 20])) }))).toEqual([
      'preDeploy',
      'deploy_10',
      'routeTraffic_10',
      'postRouteTraffic_10',
      'deploy_20',
      'routeTraffic_20',
      'postRouteTraffic_20',
      'deploy_100',
      'routeTraffic_100',
      'postRouteTraffic_100',
      'onSuccess',
    ]);
  });

  test('increments that end with 100 have the full release already', () => {
    const hooks = { deploy: hook() };
    expect(hooksRun(jobsOf({ D: deployment(canary([50, 100], hooks)) }))).toEqual([
      'deploy_50',
      'deploy_100',
    ]);
  });

  test('its variables say how far it is', () => {
    const pipeline = jobsOf({ D: deployment(canary([10], { ...all, preDeploy: hook() })) });
    const run = drive(pipeline, { 'S.D.deploy_100': 'failed' });
    const facts = run.jobs.map(({ hook: at }) => [at?.name, at?.action, at?.increment, at?.cycle]);
    expect(facts).toEqual([
      ['preDeploy', 'deploy', undefined, 'PreIteration'],
      ['deploy', 'deploy', 10, 'Iteration'],
      ['routeTraffic', 'deploy', 10, 'Iteration'],
      ['postRouteTraffic', 'deploy', 10, 'Iteration'],
      ['deploy', 'promote', 100, 'Iteration'],
      ['onFailure', 'reject', undefined, 'PostIteration'],
    ]);
    expect(variableOf(run, 'S.D.deploy_10', 'strategy.increment')).toBe('10');
    expect(variableOf(run, 'S.D.deploy_10', 'strategy.action')).toBe('deploy');
    expect(variableOf(run, 'S.D.deploy_10', 'strategy.name')).toBe('canary');
  });
});

describe('rolling', () => {
  const machines = (...names: string[]): EnvironmentResource[] =>
    names.map((name) => ({ name, type: 'VirtualMachine', tags: [name < 'c' ? 'web' : 'db'] }));
  const facts = factsOf({ environments: new Map([['Test', machines('a', 'b', 'c', 'd')]]) });
  const rolling = (maxParallel?: string, hooks: Hooks = { deploy: hook(), onFailure: hook() }) =>
    deployment({
      kind: 'rolling',
      hooks,
      ...(maxParallel === undefined ? {} : { maxParallel: text(maxParallel) }),
    });

  test('runs all hooks on each machine', () => {
    const job = rolling(undefined, { preDeploy: hook(), deploy: hook(), onSuccess: hook() });
    expect(hooksRun(jobsOf({ D: job }), {}, facts).toSorted()).toEqual(
      ['a', 'b', 'c', 'd']
        .flatMap((name) => [`deploy_${name}`, `onSuccess_${name}`, `preDeploy_${name}`])
        .toSorted(),
    );
  });

  test.each([
    ['2', ['deploy_a', 'deploy_b']],
    ['50%', ['deploy_a', 'deploy_b']],
    ['1%', ['deploy_a']],
    ['0', ['deploy_a', 'deploy_b', 'deploy_c', 'deploy_d']],
  ])('maxParallel %s: a batch starts when the one before it is through', (max, first) => {
    const orchestrator = new Orchestrator(jobsOf({ D: rolling(max) }), facts);
    orchestrator.next();
    orchestrator.stageChecked('S', 'approved');
    expect(started(orchestrator.next())).toEqual(first.map((name) => `S.D.${name}`));
    orchestrator.jobFinished('S.D.deploy_a@1', outcomeOf());
    expect(started(orchestrator.next())).toEqual(first.length === 1 ? ['S.D.deploy_b'] : []);
  });

  test('no further batch starts once a machine has failed', () => {
    const run = hooksRun(jobsOf({ D: rolling('2') }), { 'S.D.deploy_b': 'failed' }, facts);
    expect(run).toEqual(['deploy_a', 'deploy_b', 'onFailure_b']);
  });

  test('tags choose machines', () => {
    const job = { ...rolling(), environment: environment('test', { tags: [text('WEB')] }) };
    expect(hooksRun(jobsOf({ D: job }), {}, facts)).toEqual(['deploy_a', 'deploy_b']);
  });

  test('an environment without machines is one machine without a name', () => {
    expect(hooksRun(jobsOf({ D: rolling() }))).toEqual(['deploy']);
  });

  test('a maxParallel that is none fails the job', () => {
    const run = drive(jobsOf({ D: rolling('some') }), {}, facts);
    expect(mistakesOf(run)[0]).toContain('maxParallel is "some", expected a number, or a share');
  });
});

test('a stage’s checks hear of the environments of its jobs', () => {
  const job = (name: string) =>
    deployment({ kind: 'runOnce', hooks: { deploy: hook() } }, { environment: environment(name) });
  const pipeline = pipelineOf(
    { S: { jobs: { A: job('$(env)'), B: job('PROD'), C: job('$(none)') } } },
    { env: 'prod' },
  );
  const [check] = drive(pipeline).actions;
  expect(check).toMatchObject({ kind: 'checkStage', environments: ['PROD'] });
});
