import { describe, expect, test } from 'vitest';
import type { CheckStage } from './action.ts';
import { drive, outcomeOf, started, variableOf } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import { factsOf, pipelineOf, type StageWords } from './testing.fixture.ts';

describe('checks', () => {
  const pipeline = pipelineOf({ S1: {}, S2: {} });

  test('are asked for when the condition holds, before any job', () => {
    const orchestrator = new Orchestrator(pipeline, factsOf());
    expect(orchestrator.next().map(({ kind }) => kind)).toEqual(['checkStage']);
    expect(orchestrator.next()).toEqual([]);
    orchestrator.stageChecked('s1', 'approved');
    expect(started(orchestrator.next())).toEqual(['S1.A']);
  });

  test.each([
    ['rejected', 'failed'],
    ['timedOut', 'skipped'],
  ] as const)('%s: the stage is %s, and those after it are skipped', (answer, result) => {
    const orchestrator = new Orchestrator(pipeline, factsOf());
    orchestrator.next();
    orchestrator.stageChecked('S1', answer);
    const ends = orchestrator.next().filter(({ kind }) => kind === 'stageFinished');
    expect(ends).toMatchObject([
      { node: { stage: 'S1' }, result },
      { node: { stage: 'S2' }, result: 'skipped' },
    ]);
  });

  test('are not asked for a stage that is skipped', () => {
    const { actions } = drive(pipelineOf({ S1: { condition: 'false' }, S2: {} }));
    expect(actions.some(({ kind }) => kind === 'checkStage')).toBe(false);
  });

  test('an answer that nobody waits for changes nothing', () => {
    const orchestrator = new Orchestrator(pipeline, factsOf());
    expect(orchestrator.stageChecked('S1', 'approved')).toBe(false);
    expect(() => orchestrator.stageChecked('S3', 'approved')).toThrow('stage "S3" does not exist');
    expect(() => orchestrator.jobFinished('S1.A@1', outcomeOf())).toThrow('is not running');
  });
});

describe('row 14.28: locks', () => {
  test('the host hears which behaviour a stage’s lock has, and when to give it back', () => {
    const pipeline = pipelineOf(
      { S1: { lockBehavior: 'runLatest' }, S2: {} },
      {},
      { lockBehavior: 'sequential' },
    );
    const { actions } = drive(pipeline);
    const checks = actions.filter((action): action is CheckStage => action.kind === 'checkStage');
    expect(checks.map(({ lockBehavior }) => lockBehavior)).toEqual(['runLatest', 'sequential']);
    const order = actions.map((action) => `${action.kind}`);
    expect(order.filter((kind) => kind === 'checkStage' || kind === 'stageFinished')).toEqual([
      'checkStage',
      'stageFinished',
      'checkStage',
      'stageFinished',
    ]);
  });

  test('only a stage that writes it has a lock of its own', () => {
    const lockOf = (stage: StageWords) => drive(pipelineOf({ S: stage })).actions[0];
    expect(lockOf({})).toMatchObject({ lockBehavior: 'runLatest', hasOwnLock: false });
    expect(lockOf({ lockBehavior: 'sequential' })).toMatchObject({
      lockBehavior: 'sequential',
      hasOwnLock: true,
    });
  });
});

describe('manual stages', () => {
  const pipeline = pipelineOf({ S1: {}, S2: { trigger: 'manual' }, S3: {} });

  function upToManual(): Orchestrator {
    const { orchestrator, actions } = drive(pipeline);
    expect(actions.at(-1)?.kind).toBe('awaitStart');
    expect(orchestrator.result).toBeUndefined();
    return orchestrator;
  }

  test('wait for someone to start them, and for their checks then', () => {
    const orchestrator = upToManual();
    expect(orchestrator.stageChecked('S2', 'approved')).toBe(false);
    expect(orchestrator.startStage('S2')).toBe(true);
    expect(orchestrator.next()).toMatchObject([{ kind: 'checkStage', stage: { id: 'S2' } }]);
  });

  test('that are left out let those after them go on', () => {
    const orchestrator = upToManual();
    orchestrator.skipStage('S2');
    const actions = orchestrator.next();
    expect(actions).toMatchObject([
      { kind: 'skip', node: { stage: 'S2' } },
      { kind: 'stageFinished', result: 'skipped' },
      { kind: 'checkStage', stage: { id: 'S3' } },
    ]);
  });

  test('are not waited for once the run is canceled', () => {
    const orchestrator = upToManual();
    orchestrator.cancel();
    orchestrator.next();
    expect(orchestrator.result).toBe('canceled');
  });

  test('whose condition does not hold are skipped', () => {
    const { results } = drive(pipeline, { 'S1.A': 'failed' });
    expect(results.get('S2')).toBe('skipped');
  });
});

describe('stages left out at the start', () => {
  const pipeline = pipelineOf({
    S1: {},
    S2: {},
    S3: { variables: { r: '$[ stageDependencies.S2.A.result ]' } },
    S4: { isSkippable: false },
  });

  test('are skipped, and what depends on them goes on', () => {
    const run = drive(pipeline, {}, factsOf({ stagesToSkip: ['s2'] }));
    expect(run.results.get('S2')).toBe('skipped');
    expect(run.results.get('S3')).toBe('succeeded');
    expect(variableOf(run, 'S3.A', 'r')).toBe('Skipped');
    expect(run.result).toBe('succeeded');
  });

  test('what came before them still counts', () => {
    const run = drive(pipeline, { 'S1.A': 'failed' }, factsOf({ stagesToSkip: ['S2'] }));
    expect(run.results.get('S3')).toBe('skipped');
  });

  test('have to be there, and to be skippable', () => {
    const start =
      (...stagesToSkip: string[]) =>
      () =>
        new Orchestrator(pipeline, factsOf({ stagesToSkip }));
    expect(start('S9')).toThrow('stage "S9", which is to be skipped, does not exist.');
    expect(start('S4')).toThrow('isSkippable: false');
  });
});

test('a stage knows its name and attempt', () => {
  const run = drive(pipelineOf({ S1: { displayName: 'Build it' } }));
  expect(variableOf(run, 'S1.A', 'System.StageName')).toBe('S1');
  expect(variableOf(run, 'S1.A', 'System.StageDisplayName')).toBe('Build it');
  expect(variableOf(run, 'S1.A', 'System.StageAttempt')).toBe('1');
});
