import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { type Drive, drive, driveOn, type Endings, variableOf } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import type { RerunScope } from './rerun.ts';
import { deployment, factsOf, hook, jobsOf, matrix, pipelineOf } from './testing.fixture.ts';

function runAgain(
  pipeline: Pipeline,
  first: Endings,
  second: Endings = {},
  scope: RerunScope = 'failed',
): Drive {
  const { orchestrator } = drive(pipeline, first);
  const again = Orchestrator.rerun(pipeline, factsOf(), orchestrator.snapshot(), scope);
  return driveOn(again, second);
}

const ids = ({ jobs }: Drive) => jobs.map(({ id }) => id);

describe('a rerun of what failed', () => {
  test('runs failed jobs and those after them; others keep their outputs', () => {
    const pipeline = jobsOf({
      A: {},
      B: {},
      C: { dependsOn: ['A', 'B'], variables: { v: "$[ dependencies.A.outputs['s.v'] ]" } },
    });
    const run = runAgain(pipeline, { 'S.A': { outputs: { 's.v': '1' } }, 'S.B': 'failed' });
    expect(ids(run)).toEqual(['S.B@2', 'S.C@2']);
    expect(variableOf(run, 'S.C', 'v')).toBe('1');
    expect(run.result).toBe('succeeded');
  });

  test('counts attempts on', () => {
    const run = runAgain(jobsOf({ A: {} }), { 'S.A': 'failed' });
    const read = (name: string) => variableOf(run, 'S.A', name);
    expect(read('System.StageAttempt')).toBe('2');
    expect(read('System.PhaseAttempt')).toBe('2');
    expect(read('System.JobAttempt')).toBe('2');
    expect(run.jobs[0]?.attempt).toBe(2);
  });

  test('goes on with the stages after it, and leaves those before it', () => {
    const pipeline = pipelineOf({ S1: {}, S2: {}, S3: {}, S4: { dependsOn: ['S1'] } });
    const run = runAgain(pipeline, { 'S2.A': 'failed' });
    expect(ids(run)).toEqual(['S2.A@2', 'S3.A@2']);
  });

  test('runs a stage again that always ran after the failed one', () => {
    const pipeline = pipelineOf({ S1: {}, S2: { condition: 'always()' } });
    expect(ids(runAgain(pipeline, { 'S1.A': 'failed' }))).toEqual(['S1.A@2', 'S2.A@2']);
  });

  test('runs the failed legs of a matrix only', () => {
    const pipeline = jobsOf({
      A: { strategy: matrix({ a: {}, b: {}, c: {} }, '1') },
      B: { dependsOn: ['A'], variables: { v: "$[ dependencies.A.outputs['a.s.v'] ]" } },
    });
    const first: Endings = {
      'S.A.a': { outputs: { 's.v': '1' } },
      'S.A.b': 'failed',
      'S.A.c': 'canceled',
    };
    const run = runAgain(pipeline, first);
    expect(ids(run)).toEqual(['S.A.b@2', 'S.A.c@2', 'S.B@2']);
    expect(variableOf(run, 'S.B', 'v')).toBe('1');
  });

  test('starts a deployment over', () => {
    const hooks = { preDeploy: hook(), deploy: hook(), onFailure: hook() };
    const run = runAgain(jobsOf({ A: deployment({ kind: 'runOnce', hooks }) }), {
      'S.A.deploy': 'failed',
    });
    expect(ids(run)).toEqual(['S.A.preDeploy@2', 'S.A.deploy@2']);
  });

  test('asks for the checks of a rejected stage again', () => {
    const pipeline = pipelineOf({ S1: {} });
    const orchestrator = new Orchestrator(pipeline, factsOf());
    orchestrator.next();
    orchestrator.stageChecked('S1', 'rejected');
    orchestrator.next();
    const again = Orchestrator.rerun(pipeline, factsOf(), orchestrator.snapshot(), 'failed');
    const run = driveOn(again);
    expect(run.actions[0]).toMatchObject({ kind: 'checkStage', attempt: 2 });
    expect(ids(run)).toEqual(['S1.A@2']);
  });

  test('goes on with a canceled run', () => {
    const pipeline = pipelineOf({ S1: {}, S2: {} });
    const orchestrator = new Orchestrator(pipeline, factsOf());
    orchestrator.next();
    orchestrator.cancel();
    orchestrator.next();
    const again = Orchestrator.rerun(pipeline, factsOf(), orchestrator.snapshot(), 'failed');
    expect(ids(driveOn(again))).toEqual(['S1.A@2', 'S2.A@2']);
  });

  test('of a run that was cut off starts its running jobs again', () => {
    const pipeline = jobsOf({ A: {}, B: {} });
    const orchestrator = new Orchestrator(pipeline, factsOf());
    orchestrator.next();
    orchestrator.stageChecked('S', 'approved');
    orchestrator.next();
    orchestrator.jobFinished('S.A@1', { result: 'succeeded', outputs: new Map() });
    const again = Orchestrator.rerun(pipeline, factsOf(), orchestrator.snapshot(), 'failed');
    expect(ids(driveOn(again))).toContain('S.B@2');
    expect(ids(driveOn(again))).not.toContain('S.A@2');
  });

  test('of a run without failures is at its end', () => {
    const run = runAgain(jobsOf({ A: {} }), {});
    expect(ids(run)).toEqual([]);
    expect(run.result).toBe('succeeded');
  });

  test('can be repeated', () => {
    const pipeline = jobsOf({ A: {} });
    const { orchestrator } = runAgain(pipeline, { 'S.A': 'failed' }, { 'S.A': 'failed' });
    const third = Orchestrator.rerun(pipeline, factsOf(), orchestrator.snapshot(), 'failed');
    expect(ids(driveOn(third))).toEqual(['S.A@3']);
  });
});

test('a rerun of a stage runs all of its jobs, and the stages after it', () => {
  const pipeline = pipelineOf({ S1: {}, S2: { jobs: { A: {}, B: {} } }, S3: {} });
  expect(ids(runAgain(pipeline, {}, {}, { stage: 's2' }))).toEqual(['S2.A@2', 'S2.B@2', 'S3.A@2']);
  expect(() => runAgain(pipeline, {}, {}, { stage: 'S9' })).toThrow('stage "S9" does not exist');
});

test('a rerun of all starts from the first stage', () => {
  const pipeline = pipelineOf({ S1: {}, S2: {} });
  expect(ids(runAgain(pipeline, {}, {}, 'all'))).toEqual(['S1.A@2', 'S2.A@2']);
});

test('a snapshot of another pipeline is refused', () => {
  const snapshot = drive(pipelineOf({ S1: {} })).orchestrator.snapshot();
  const other = pipelineOf({ S2: {} });
  expect(() => Orchestrator.restore(other, factsOf(), snapshot)).toThrow('another pipeline');
  expect(() => Orchestrator.restore(other, factsOf(), 'no snapshot')).toThrow('another pipeline');
});
