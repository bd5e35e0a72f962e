import { describe, expect, test } from 'vitest';
import { drive, mistakesOf, variableOf } from './drive.fixture.ts';
import type { GivenVariables } from './run-facts.ts';
import { entriesOf, factsOf, group, jobsOf, matrix, pipelineOf, text } from './testing.fixture.ts';

const given = (values: Record<string, string>): GivenVariables =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value }]));

describe('precedence', () => {
  test('rows 14.11 and 15.9: job over stage over pipeline over start over definition', () => {
    const pipeline = pipelineOf(
      {
        S: {
          variables: { b: 'stage', a: 'stage' },
          jobs: { A: { variables: { a: 'job' } }, B: {} },
        },
      },
      { a: 'pipeline', b: 'pipeline', c: 'pipeline' },
    );
    const facts = factsOf({
      queueVariables: given({ c: 'start', d: 'start' }),
      definitionVariables: given({ d: 'definition', e: 'definition' }),
    });
    const run = drive(pipeline, {}, facts);
    const valuesOf = (job: string) =>
      ['a', 'b', 'c', 'd', 'e'].map((name) => variableOf(run, job, name));
    expect(valuesOf('S.A')).toEqual(['job', 'stage', 'pipeline', 'start', 'definition']);
    expect(valuesOf('S.B')).toEqual(['stage', 'stage', 'pipeline', 'start', 'definition']);
  });

  test('groups count where they stand in their list, and whatever the case of names', () => {
    const groups = new Map([['Shared', given({ a: 'group', B: 'group' })]]);
    const before = jobsOf({ A: {} }, [...entriesOf({ a: 'file' }), group('shared')]);
    const after = jobsOf({ A: {} }, [group('shared'), ...entriesOf({ b: 'file' })]);
    expect(variableOf(drive(before, {}, factsOf({ groups })), 'S.A', 'a')).toBe('group');
    expect(variableOf(drive(after, {}, factsOf({ groups })), 'S.A', 'b')).toBe('file');
  });

  test('a group that does not exist fails the job and names one that does', () => {
    const groups = new Map([['devopsforai-aml-vg', given({})]]);
    const run = drive(jobsOf({ A: {} }, [group('devopsforai-aml-gv')]), {}, factsOf({ groups }));
    expect(run.result).toBe('failed');
    expect(mistakesOf(run)[0]).toContain('Did you mean "devopsforai-aml-vg"?');
  });

  test('nothing replaces predefined variables, but those that one may set', () => {
    const variables = new Map([
      ['Build.Reason', { value: 'Manual', readonly: true }],
      ['System.Debug', { value: 'false' }],
    ]);
    const pipeline = jobsOf({ A: {} }, { 'build.reason': 'mine', 'system.debug': 'true' });
    const run = drive(pipeline, {}, factsOf({ variables }));
    expect(variableOf(run, 'S.A', 'Build.Reason')).toBe('Manual');
    expect(variableOf(run, 'S.A', 'System.Debug')).toBe('true');
  });

  test('readonly of the file goes to the job', () => {
    const entry = { kind: 'value', name: 'x', value: text('1'), readonly: true } as const;
    const run = drive(jobsOf({ A: {} }, [entry]));
    expect(run.jobs[0]?.variables.get('x')).toEqual({ value: '1', secret: false, readonly: true });
  });
});

describe('$[ ]', () => {
  test('is evaluated where the job is, from what was defined before', () => {
    const pipeline = pipelineOf(
      { S: { variables: { y: "$[ format('{0}-{1}', variables.x, variables['late']) ]" } } },
      { x: "$[ coalesce(variables['none'], 'fallback') ]", z: '$[ true ]' },
    );
    const run = drive(pipeline);
    expect(variableOf(run, 'S.A', 'x')).toBe('fallback');
    expect(variableOf(run, 'S.A', 'y')).toBe('fallback-');
    expect(variableOf(run, 'S.A', 'z')).toBe('True');
  });

  test('stands for the whole value only, and $(x) stays for the steps', () => {
    const run = drive(jobsOf({ A: {} }, { x: 'a $[ 1 ]', y: '$(x)' }));
    expect(variableOf(run, 'S.A', 'x')).toBe('a $[ 1 ]');
    expect(variableOf(run, 'S.A', 'y')).toBe('$(x)');
  });

  test('of a secret is secret', () => {
    const facts = factsOf({
      queueVariables: new Map([['s', { value: 'hunter2', secret: true }]]),
    });
    const run = drive(jobsOf({ A: {} }, { x: '$[ variables.s ]', y: "$[ 'open' ]" }), {}, facts);
    expect(run.jobs[0]?.variables.get('x')?.secret).toBe(true);
    expect(run.jobs[0]?.variables.get('y')?.secret).toBe(false);
  });

  test('row 15.35: the time of the start makes a daily counter', () => {
    const asked: string[] = [];
    const nextCounter = (prefix: string, seed: number) => {
      asked.push(prefix);
      return seed + 4;
    };
    const value = "$[counter(format('{0:yyyyMMdd}', pipeline.startTime), 1)]";
    const run = drive(jobsOf({ A: {} }, { v: value }), {}, factsOf({ nextCounter }));
    expect(variableOf(run, 'S.A', 'v')).toBe('5');
    expect(asked).toEqual(['20260304']);
  });

  test('row 14.18: a counter is asked for once in a run', () => {
    let value = 100;
    const facts = factsOf({ nextCounter: () => value++ });
    const pipeline = jobsOf(
      { A: {}, B: {} },
      { v: "$[counter('P', 100)]", w: "$[counter('p', 100)]" },
    );
    const run = drive(pipeline, {}, facts);
    const values = ['S.A', 'S.B'].flatMap((job) => [
      variableOf(run, job, 'v'),
      variableOf(run, job, 'w'),
    ]);
    expect(values).toEqual(['100', '100', '100', '100']);
  });

  test('a list or object is no value', () => {
    const run = drive(jobsOf({ A: {} }, { x: '$[ variables ]' }));
    expect(mistakesOf(run)[0]).toContain('an object cannot stand inside a text');
  });

  test('resources and predefined variables of the job are in it', () => {
    const facts = factsOf({ resources: { pipeline: { ci: { runName: '7' } } } });
    const pipeline = jobsOf(
      { A: { displayName: 'Build $(os)' } },
      {
        r: '$[ resources.pipeline.ci.runName ]',
        j: "$[ variables['System.JobIdentifier'] ]",
        os: 'linux',
      },
    );
    const run = drive(pipeline, {}, facts);
    expect(variableOf(run, 'S.A', 'r')).toBe('7');
    expect(variableOf(run, 'S.A', 'j')).toBe('S.A');
    expect(variableOf(run, 'S.A', 'System.JobName')).toBe('__default');
    expect(variableOf(run, 'S.A', 'System.JobDisplayName')).toBe('Build linux');
  });
});

describe('fields of a job', () => {
  test('row 15.42: are settled when it starts', () => {
    const pipeline = jobsOf(
      {
        A: {
          timeoutInMinutes: text('$[ variables.t ]'),
          cancelTimeoutInMinutes: text('$(t)'),
          continueOnError: text("$[ eq(variables.img, 'windows-2022') ]"),
          pool: { kind: 'agent', vmImage: text('$(img)'), demands: [], origin: text('').origin },
          strategy: matrix({ linux: { img: 'ubuntu-24.04' }, win: { img: 'windows-2022' } }),
        },
      },
      { t: '7' },
    );
    const { jobs } = drive(pipeline);
    expect(jobs.map(({ pool }) => pool)).toEqual([
      { kind: 'agent', vmImage: 'ubuntu-24.04', demands: [] },
      { kind: 'agent', vmImage: 'windows-2022', demands: [] },
    ]);
    expect(jobs.map((job) => [job.timeoutMinutes, job.cancelTimeoutMinutes])).toEqual([
      [7, 7],
      [7, 7],
    ]);
    expect(jobs.map(({ continueOnError }) => continueOnError)).toEqual([false, true]);
  });

  test('have their defaults', () => {
    const [job] = drive(jobsOf({ A: {} })).jobs;
    expect(job).toMatchObject({
      timeoutMinutes: 60,
      cancelTimeoutMinutes: 5,
      continueOnError: false,
      holdsAgent: true,
      attempt: 1,
      position: 1,
      total: 1,
    });
  });

  test('0 minutes are no limit', () => {
    const [job] = drive(jobsOf({ A: { timeoutInMinutes: text('0') } })).jobs;
    expect(job?.timeoutMinutes).toBe(0);
  });

  test('a server job holds no agent', () => {
    const { jobs } = drive(
      jobsOf({
        A: { kind: 'server' },
        B: { pool: { kind: 'server', origin: text('').origin } },
      }),
    );
    expect(jobs.map(({ holdsAgent, pool }) => [holdsAgent, pool.kind])).toEqual([
      [false, 'server'],
      [false, 'server'],
    ]);
  });

  test('what is no number of minutes fails the job and says why', () => {
    const run = drive(jobsOf({ A: { timeoutInMinutes: text('$(none)') } }));
    expect(run.result).toBe('failed');
    expect(mistakesOf(run)[0]).toBe(
      'azure-pipelines.yml:1:1: timeoutInMinutes is "$(none)", expected a whole number from 0; a variable in it has no value when the job starts',
    );
  });

  test('a container can be named by a variable, and an empty one is none', () => {
    const origin = text('').origin;
    const container = (image: string, alias?: string) => ({
      image: text(image),
      env: new Map(),
      ports: [],
      volumes: [],
      mountReadOnly: [],
      localImage: false,
      origin,
      ...(alias === undefined ? {} : { alias }),
    });
    const strategy = matrix({ a: { c: 'py' }, b: { c: 'node:24' }, c: { c: '' } });
    const pipeline = jobsOf({ A: { strategy, container: container('$[ variables.c ]') } });
    const resources = { ...pipeline.resources, containers: [container('python:3.12', 'py')] };
    const { jobs } = drive({ ...pipeline, resources });
    expect(jobs.map((job) => job.container?.image)).toEqual(['python:3.12', 'node:24', undefined]);
  });
});
