import { describe, expect, test } from 'vitest';
import { drive, type Endings, mistakesOf } from './drive.fixture.ts';
import { factsOf, type JobWords, jobsOf, pipelineOf } from './testing.fixture.ts';

const after = (...names: string[]): JobWords => ({ dependsOn: names });

describe('conditions of jobs', () => {
  test('row 15.13: outputs of a job that is no dependency are null', () => {
    const pipeline = jobsOf({
      A: {},
      B: { condition: "eq(dependencies.A.outputs['s.v'], '1')" },
    });
    const run = drive(pipeline, { 'S.A': { outputs: { 's.v': '1' } } });
    expect(run.results.get('S.B')).toBe('skipped');
  });

  test('row 15.14: a condition of one’s own runs after a failure', () => {
    const pipeline = jobsOf(
      { A: {}, B: { ...after('A'), condition: "eq(variables.z, '1')" } },
      { z: '1' },
    );
    expect(drive(pipeline, { 'S.A': 'failed' }).results.get('S.B')).toBe('succeeded');
  });

  test('row 15.15: a skipped job skips whatever comes after it', () => {
    const pipeline = jobsOf({ A: { condition: 'false' }, B: after('A'), C: after('B') });
    expect(drive(pipeline).results).toEqual(
      new Map([
        ['S.A', 'skipped'],
        ['S.B', 'skipped'],
        ['S.C', 'skipped'],
        ['S', 'skipped'],
      ]),
    );
  });

  test.each([
    ['succeededOrFailed()', 'skipped'],
    ['not(canceled())', 'succeeded'],
    ['always()', 'succeeded'],
    ["in(dependencies.A.result, 'Succeeded', 'SucceededWithIssues', 'Skipped')", 'succeeded'],
  ])('rows 14.13 and 15.16: after a skipped job, %s: %s', (condition, result) => {
    const pipeline = jobsOf({ A: { condition: 'false' }, B: { ...after('A'), condition } });
    expect(drive(pipeline).results.get('S.B')).toBe(result);
  });

  test('rows 14.14 and 15.17: continueOnError makes issues of a failure', () => {
    const origin = { file: 'a.yml', line: 1, column: 1 };
    const pipeline = jobsOf({
      A: { continueOnError: { text: 'true', origin } },
      B: { ...after('A'), variables: { r: '$[ dependencies.A.result ]' } },
    });
    const run = drive(pipeline, { 'S.A': 'failed' });
    expect(run.results.get('S.A')).toBe('succeededWithIssues');
    expect(run.results.get('S.B')).toBe('succeeded');
    expect(run.jobs[1]?.variables.get('r')?.value).toBe('SucceededWithIssues');
    expect(run.result).toBe('succeededWithIssues');
  });

  test('rows 14.12 and 15.18: succeeded() looks at all that comes before', () => {
    const pipeline = jobsOf({
      A: {},
      B: { ...after('A'), condition: 'always()' },
      C: after('B'),
    });
    const run = drive(pipeline, { 'S.A': 'failed' });
    expect(run.results.get('S.B')).toBe('succeeded');
    expect(run.results.get('S.C')).toBe('skipped');
  });

  test('row 14.12: dependencies holds direct dependencies only', () => {
    const pipeline = jobsOf({
      A: {},
      B: after('A'),
      C: { ...after('B'), condition: "eq(dependencies.A.result, '')" },
    });
    expect(drive(pipeline).results.get('S.C')).toBe('succeeded');
  });

  test.each([
    ['failed()', { 'S.A': 'failed' }, 'succeeded'],
    ['failed()', { 'S.A': 'canceled' }, 'skipped'],
    ['failed()', {}, 'skipped'],
    ['succeededOrFailed()', { 'S.A': 'failed' }, 'succeeded'],
    ['succeededOrFailed()', { 'S.A': 'canceled' }, 'skipped'],
    ["succeeded('A')", { 'S.B': 'failed' }, 'succeeded'],
    ["succeeded('A', 'B')", { 'S.B': 'failed' }, 'skipped'],
    ["failed('B')", { 'S.B': 'failed' }, 'succeeded'],
    ["failed('A')", { 'S.B': 'failed' }, 'skipped'],
    ["succeededOrFailed('B')", { 'S.B': 'failed', 'S.A': 'canceled' }, 'succeeded'],
    ["succeeded('nobody')", {}, 'skipped'],
    ["SUCCEEDED('a')", {}, 'succeeded'],
    ['canceled()', {}, 'skipped'],
  ] satisfies [string, Endings, string][])('%s after %o: %s', (condition, endings, result) => {
    const pipeline = jobsOf({ A: {}, B: {}, C: { ...after('A', 'B'), condition } });
    expect(drive(pipeline, endings).results.get('S.C')).toBe(result);
  });

  test('row 15.40: a condition that templates made False', () => {
    expect(drive(jobsOf({ A: { condition: 'False' } })).results.get('S.A')).toBe('skipped');
  });

  test('row 15.41: an empty list of dependencies is none', () => {
    const run = drive(jobsOf({ A: {}, B: { dependsOn: [] } }), { 'S.A': 'failed' });
    expect(run.results.get('S.B')).toBe('succeeded');
  });

  test('an empty condition is none', () => {
    const pipeline = jobsOf({ A: {}, B: { ...after('A'), condition: '' } });
    expect(drive(pipeline, { 'S.A': 'failed' }).results.get('S.B')).toBe('skipped');
  });

  test('a bare variable holds when it has a value', () => {
    const pipeline = jobsOf(
      { A: { condition: "variables['yes']" }, B: { condition: "variables['no']" } },
      { yes: 'aci' },
    );
    const { results } = drive(pipeline);
    expect([results.get('S.A'), results.get('S.B')]).toEqual(['succeeded', 'skipped']);
  });

  test('what is skipped tells how that came', () => {
    const pipeline = jobsOf(
      { A: { condition: "and(succeeded(), eq(variables.x, 'b'))" } },
      { x: 'a' },
    );
    expect(drive(pipeline).actions.find(({ kind }) => kind === 'skip')).toEqual({
      kind: 'skip',
      node: { stage: 'S', job: 'A' },
      result: 'skipped',
      trace: [
        "Evaluating: and(succeeded(), eq(variables['x'], 'b'))",
        "Expanded: and(True, eq('a', 'b'))",
        'Result: False',
      ],
    });
  });

  test('a trace hides secrets', () => {
    const facts = factsOf({ queueVariables: new Map([['x', { value: 'hunter2', secret: true }]]) });
    const run = drive(jobsOf({ A: { condition: "eq(variables.x, 'b')" } }), {}, facts);
    expect(JSON.stringify(run.actions)).toContain("eq('***', 'b')");
    expect(JSON.stringify(run.actions)).not.toContain('hunter2');
  });

  test('a condition that cannot be evaluated fails its job, with the place', () => {
    const run = drive(jobsOf({ A: { condition: 'eq(1' }, B: { condition: 'lt(variables, 1)' } }));
    expect(run.result).toBe('failed');
    expect(mistakesOf(run)).toEqual([
      expect.stringMatching(/^azure-pipelines\.yml:1:1: in "eq\(1"/),
      expect.stringMatching(/^azure-pipelines\.yml:1:1: in "lt\(variables, 1\)"/),
    ]);
  });

  test('parameters are not known any more when conditions are evaluated', () => {
    const run = drive(jobsOf({ A: { condition: 'eq(parameters.x, 1)' } }));
    expect(mistakesOf(run)[0]).toContain('"parameters" is not known here');
  });
});

describe('conditions of stages', () => {
  test('row 15.19: a stage comes after the one before it in the file', () => {
    const run = drive(pipelineOf({ S1: { condition: 'false' }, S2: {} }));
    expect(run.results).toEqual(
      new Map([
        ['S1', 'skipped'],
        ['S2', 'skipped'],
      ]),
    );
    expect(run.result).toBe('succeeded');
  });

  test('a stage whose jobs are all skipped is skipped itself', () => {
    const run = drive(pipelineOf({ S1: { jobs: { A: { condition: 'false' } } }, S2: {} }));
    expect(run.results.get('S1')).toBe('skipped');
    expect(run.results.get('S2')).toBe('skipped');
  });

  test('a rollback stage runs after a failure only', () => {
    const pipeline = pipelineOf({ Deploy: {}, Rollback: { condition: 'failed()' } });
    expect(drive(pipeline).results.get('Rollback')).toBe('skipped');
    const run = drive(pipeline, { 'Deploy.A': 'failed' });
    expect(run.results.get('Rollback')).toBe('succeeded');
    expect(run.result).toBe('failed');
  });

  test('a stage reads outputs of those before it with the job’s name in front', () => {
    const pipeline = pipelineOf({
      S1: {},
      S2: { condition: "eq(dependencies.S1.outputs['A.s.v'], 'go')" },
      S3: { condition: "eq(dependencies.S1.outputs['A.s.v'], 'go')" },
    });
    const run = drive(pipeline, { 'S1.A': { outputs: { 's.v': 'go' } } });
    expect(run.results.get('S2')).toBe('succeeded');
    expect(run.results.get('S3')).toBe('skipped');
  });

  test('a stage’s own variables are in its condition', () => {
    const stage = { variables: { v: '1' }, condition: "eq(variables.v, '1')" };
    expect(drive(pipelineOf({ S: stage })).result).toBe('succeeded');
  });

  test('jobs of a skipped stage are not looked at', () => {
    const stage = { condition: 'false', jobs: { A: { condition: 'always()' } } };
    expect(drive(pipelineOf({ S: stage })).jobs).toEqual([]);
  });

  test('stages without dependencies start together', () => {
    const run = drive(pipelineOf({ S1: {}, S2: { dependsOn: [] } }), { 'S1.A': 'failed' });
    expect(run.results.get('S2')).toBe('succeeded');
    expect(run.result).toBe('failed');
  });

  test('stageDependencies are not known in a stage’s condition', () => {
    const run = drive(pipelineOf({ S: { condition: "eq(stageDependencies.A.B.result, '')" } }));
    expect(run.result).toBe('failed');
    expect(mistakesOf(run)[0]).toContain('"stageDependencies" is not known here');
  });
});
