import { describe, expect, test } from 'vitest';
import { drive, mistakesOf, outcomeOf, started, variableOf } from './drive.fixture.ts';
import { Orchestrator } from './orchestrator.ts';
import { readRuntimeMatrix } from './runtime-matrix.ts';
import { factsOf, type JobWords, jobsOf, matrix, text } from './testing.fixture.ts';

const { origin } = text('');
const runtime = (source: string): JobWords => ({
  dependsOn: ['G'],
  strategy: { kind: 'runtime', runtime: text(source) },
});

describe('a matrix', () => {
  test('gives each leg its variables, name and place', () => {
    const run = drive(
      jobsOf({ T: { strategy: matrix({ py38: { v: '3.8' }, py39: { v: '3.9' } }) } }),
    );
    expect(
      run.jobs.map(({ leg, displayName, position, total }) => [leg, displayName, position, total]),
    ).toEqual([
      ['py38', 'T py38', 1, 2],
      ['py39', 'T py39', 2, 2],
    ]);
    expect(variableOf(run, 'S.T.py39', 'v')).toBe('3.9');
    expect(variableOf(run, 'S.T.py39', 'System.JobName')).toBe('py39');
    expect(variableOf(run, 'S.T.py39', 'System.PhaseName')).toBe('T');
  });

  test('its variables stand above the job’s, whose expressions read them', () => {
    const variables = { v: 'job', w: '$[ variables.v ]' };
    const run = drive(jobsOf({ T: { variables, strategy: matrix({ a: { v: 'leg' } }) } }));
    expect(variableOf(run, 'S.T.a', 'v')).toBe('leg');
    expect(variableOf(run, 'S.T.a', 'w')).toBe('leg');
  });

  test('the job’s result is the worst of its legs', () => {
    const pipeline = jobsOf({ T: { strategy: matrix({ a: {}, b: {}, c: {} }) } });
    expect(drive(pipeline, { 'S.T.b': 'succeededWithIssues' }).result).toBe('succeededWithIssues');
    const run = drive(pipeline, { 'S.T.a': 'failed', 'S.T.b': 'canceled' });
    expect(run.result).toBe('failed');
    expect(run.jobs).toHaveLength(3);
  });

  test('a leg may be allowed to fail', () => {
    const strategy = matrix({ a: { mayFail: 'true' }, b: { mayFail: 'false' } });
    const pipeline = jobsOf({ T: { strategy, continueOnError: text('$(mayFail)') } });
    expect(drive(pipeline, { 'S.T.a': 'failed' }).result).toBe('succeededWithIssues');
    expect(drive(pipeline, { 'S.T.b': 'failed' }).result).toBe('failed');
  });

  test('maxParallel holds legs back until others have ended', () => {
    const strategy = matrix({ a: {}, b: {}, c: {} }, '$[ variables.n ]');
    const orchestrator = new Orchestrator(jobsOf({ T: { strategy } }, { n: '2' }), factsOf());
    orchestrator.next();
    orchestrator.stageChecked('S', 'approved');
    expect(started(orchestrator.next())).toEqual(['S.T.a', 'S.T.b']);
    expect(orchestrator.next()).toEqual([]);
    orchestrator.jobFinished('S.T.b@1', outcomeOf('failed'));
    expect(started(orchestrator.next())).toEqual(['S.T.c']);
  });
});

describe('row 14.31: a matrix from the output of a job', () => {
  const fromOutput = (legs: string) =>
    drive(jobsOf({ G: {}, T: runtime("$[ dependencies.G.outputs['s.legs'] ]") }), {
      'S.G': { outputs: { 's.legs': legs } },
    });

  test.each([
    '{"a": {"v": "1"}, "b": {"v": 2}}',
    "{'a': {'v': '1'}, 'b': {'v': '2'}}",
    "{a: {v: '1'}, b: {v: 2,},}",
  ])('%s', (legs) => {
    const run = fromOutput(legs);
    expect(run.jobs.map(({ leg }) => leg)).toEqual([undefined, 'a', 'b']);
    expect(variableOf(run, 'S.T.b', 'v')).toBe('2');
  });

  test.each(['', '{}', ' '])('"%s" runs the job once', (legs) => {
    const run = fromOutput(legs);
    expect(run.jobs.map(({ identifier }) => identifier)).toEqual(['S.G', 'S.T']);
    expect(run.result).toBe('succeeded');
  });

  test.each([
    ['[1]', 'is no matrix; expected JSON'],
    ['{"a": 1}', 'matrix leg "a" is no object'],
    ['{"a b": {}}', '"a b" cannot name a matrix leg'],
    ['{"a": {"v": {}}}', 'variable "v" of matrix leg "a" is an object'],
    ['{"a": {}, "A": {}}', 'two legs of the matrix have the same name'],
    ['{{{', 'is no matrix'],
  ])('%s fails the job: %s', (legs, message) => {
    const run = fromOutput(legs);
    expect(run.results.get('S.T')).toBe('failed');
    expect(mistakesOf(run)[0]).toContain(message);
  });

  test('more than 256 legs are refused', () => {
    const legs = Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`l${index}`, {}]));
    expect(() => readRuntimeMatrix(JSON.stringify(legs), origin)).toThrow('at most 256');
  });

  test('single quotes within texts, and double ones within single ones', () => {
    const [leg] = readRuntimeMatrix(`{'a': {'v': 'it\\'s "it"', "w": "a'b"}}`, origin);
    expect(leg?.variables).toEqual([
      ['v', `it's "it"`],
      ['w', "a'b"],
    ]);
  });

  test('booleans read as the language writes them', () => {
    const [leg] = readRuntimeMatrix('{"a": {"v": true, "w": null}}', origin);
    expect(leg?.variables).toEqual([
      ['v', 'True'],
      ['w', ''],
    ]);
  });
});

describe('parallel', () => {
  test('slices know their position', () => {
    const strategy = { kind: 'parallel', count: text('$(n)') } as const;
    const run = drive(jobsOf({ T: { strategy } }, { n: '3' }));
    expect(run.jobs.map(({ identifier }) => identifier)).toEqual([
      'S.T.job1',
      'S.T.job2',
      'S.T.job3',
    ]);
    expect(variableOf(run, 'S.T.job2', 'System.JobPositionInPhase')).toBe('2');
    expect(variableOf(run, 'S.T.job2', 'System.TotalJobsInPhase')).toBe('3');
  });

  test('a count that is none fails the job', () => {
    const strategy = { kind: 'parallel', count: text('many') } as const;
    expect(mistakesOf(drive(jobsOf({ T: { strategy } })))[0]).toContain('parallel is "many"');
  });
});
