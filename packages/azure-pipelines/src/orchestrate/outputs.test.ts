import { describe, expect, test } from 'vitest';
import { drive, variableOf } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import {
  deployment,
  environment,
  factsOf,
  hook,
  type JobWords,
  jobsOf,
  matrix,
  pipelineOf,
  type StageWords,
  text,
} from './testing.fixture.ts';

const output = (value = '1') => ({ outputs: { 's.v': value } });

/** What a job after A in its stage, one in the next stage and the next stage's condition read. */
function read(producer: JobWords, keys: readonly string[], endings = {}, facts = factsOf()) {
  const variables = (path: (key: string) => string) =>
    Object.fromEntries(keys.map((key, index) => [`v${index}`, `$[ ${path(key)} ]`]));
  const consumer: JobWords = {
    dependsOn: ['A'],
    variables: variables((key) => `dependencies.A.outputs['${key}']`),
  };
  const next: StageWords = {
    condition: `and(${keys.map((key) => `dependencies.S.outputs['A.${key}']`).join(', ')}, true)`,
    variables: variables((key) => `stageDependencies.S.A.outputs['${key}']`),
  };
  const pipeline = pipelineOf({ S: { jobs: { A: producer, B: consumer } }, T: next });
  const run = drive(pipeline, endings, facts);
  const values = (job: string) => keys.map((_, index) => variableOf(run, job, `v${index}`));
  return { sameStage: values('S.B'), nextStage: values('T.A') };
}

describe('row 14.16: keys of outputs', () => {
  const both = (...values: string[]) => ({ sameStage: values, nextStage: values });
  const runOnce = deployment({ kind: 'runOnce', hooks: { preDeploy: hook(), deploy: hook() } });

  test('of a job', () => {
    expect(read({}, ['s.v', 'S.V'], { 'S.A': output() })).toEqual(both('1', '1'));
  });

  test('row 15.21: of a leg of a matrix', () => {
    const strategy = matrix({ py38: {}, py39: {} });
    const endings = { 'S.A.py38': output('8'), 'S.A.py39': output('9') };
    expect(read({ strategy }, ['py39.s.v', 'py38.s.v'], endings)).toEqual(both('9', '8'));
  });

  test('of a slice', () => {
    const strategy = { kind: 'parallel', count: text('2') } as const;
    expect(read({ strategy }, ['job2.s.v'], { 'S.A.job2': output('2') })).toEqual(both('2'));
  });

  test('of a deployment that runs once, by the job’s name and by the hook’s', () => {
    const endings = { 'S.A.deploy': output('d'), 'S.A.preDeploy': output('p') };
    expect(read(runOnce, ['A.s.v', 'deploy.s.v', 'preDeploy.s.v'], endings)).toEqual(
      both('d', 'd', 'p'),
    );
  });

  test('of a deployment to a resource of its environment', () => {
    const job = { ...runOnce, environment: environment('test', { resourceName: text('web') }) };
    expect(read(job, ['Deploy_web.s.v', 'A.s.v'], { 'S.A.deploy': output() })).toEqual(
      both('1', '1'),
    );
  });

  test('of a canary, by its increment', () => {
    const canary = deployment({ kind: 'canary', increments: [10], hooks: { deploy: hook() } });
    const endings = { 'S.A.deploy_10': output('a'), 'S.A.deploy_100': output('b') };
    expect(read(canary, ['deploy_10.s.v', 'deploy_100.s.v'], endings)).toEqual(both('a', 'b'));
  });

  test('of a rolling deployment, by its machine', () => {
    const rolling = deployment({ kind: 'rolling', hooks: { deploy: hook() } });
    const machine = (name: string) => ({ name, type: 'VirtualMachine', tags: [] }) as const;
    const environments = new Map([['test', [machine('vm1'), machine('vm2')]]]);
    const facts = factsOf({ environments });
    expect(read(rolling, ['deploy_vm2.s.v'], { 'S.A.deploy_vm2': output() }, facts)).toEqual(
      both('1'),
    );
  });
});

describe('outputs of other stages', () => {
  const endings = { 'S1.A': output() };

  test('rows 14.17 and 15.20: a stage’s variables read them by stageDependencies', () => {
    const pipeline = pipelineOf({
      S1: {},
      S2: {
        variables: {
          wrong: "$[ dependencies.S1.outputs['A.s.v'] ]",
          right: "$[ stageDependencies.S1.A.outputs['s.v'] ]",
        },
      },
    });
    const run = drive(pipeline, endings);
    expect(variableOf(run, 'S2.A', 'wrong')).toBe('');
    expect(variableOf(run, 'S2.A', 'right')).toBe('1');
  });

  test('a job’s condition reads them, with the results of jobs', () => {
    const condition =
      "and(stageDependencies.S1.A.outputs['s.v'], eq(stageDependencies.S1.A.result, 'Succeeded'))";
    const run = drive(pipelineOf({ S1: {}, S2: { jobs: { A: { condition } } } }), endings);
    expect(run.results.get('S2')).toBe('succeeded');
  });

  test('only of stages that the stage depends on', () => {
    const variables = { v: "$[ stageDependencies.S1.A.outputs['s.v'] ]" };
    const run = drive(
      pipelineOf({ S1: {}, S2: {}, S3: { variables }, S4: { dependsOn: ['S1', 'S3'], variables } }),
      endings,
    );
    expect(variableOf(run, 'S3.A', 'v')).toBe('');
    expect(variableOf(run, 'S4.A', 'v')).toBe('1');
  });
});

test('outputs of secrets stay secret, and are hidden from whoever looks at the contexts', () => {
  const pipeline = jobsOf({
    A: {},
    B: { dependsOn: ['A'], variables: { v: "$[ dependencies.A.outputs['s.v'] ]" } },
  });
  const orchestrator = new Orchestrator(pipeline, factsOf());
  orchestrator.next();
  orchestrator.stageChecked('S', 'approved');
  orchestrator.next();
  orchestrator.jobFinished('S.A@1', {
    result: 'succeeded',
    outputs: new Map([['s.v', 'hunter2']]),
    secretOutputs: new Set(['s.v']),
  });
  const [start] = orchestrator.next().filter(({ kind }) => kind === 'startJob');
  const job = start?.kind === 'startJob' ? start.job : undefined;
  expect(job?.variables.get('v')).toEqual({ value: 'hunter2', secret: true, readonly: false });
  expect(job?.contexts.dependencies).toEqual({
    A: { result: 'Succeeded', outputs: { 's.v': '***' } },
  });
});

test('a job named __proto__ is a job like any other', () => {
  const jobs = JSON.parse('{"__proto__": {}, "B": {"dependsOn": ["__proto__"]}}');
  jobs.B.variables = { v: "$[ dependencies.__proto__.outputs['s.v'] ]" };
  const run = drive(jobsOf(jobs), { 'S.__proto__': output() });
  expect(variableOf(run, 'S.B', 'v')).toBe('1');
});
