import { describe, expect, test } from 'vitest';
import { plan } from './plan.ts';
import {
  deployment,
  environment,
  factsOf,
  hook,
  type JobWords,
  jobsOf,
  matrix,
  pipelineOf,
  text,
} from './testing.fixture.ts';

const planJobs = (jobs: Record<string, JobWords>, variables = {}) =>
  plan(jobsOf(jobs, variables), factsOf())[0]?.jobs ?? [];

describe('a plan', () => {
  test('says what would run and what would not, and why', () => {
    const stages = plan(
      pipelineOf({
        Build: {},
        Deploy: { condition: "and(succeeded(), eq(variables.env, 'prod'))" },
        Report: {},
        Always: { condition: 'always()' },
      }),
      factsOf({ queueVariables: new Map([['env', { value: 'dev' }]]) }),
    );
    expect(stages.map(({ outlook }) => outlook)).toEqual(['runs', 'skipped', 'skipped', 'runs']);
    expect(stages[1]?.reasons).toContain("Expanded: and(True, eq('dev', 'prod'))");
    expect(stages[1]?.jobs[0]).toMatchObject({
      outlook: 'skipped',
      reasons: ['Its stage is not run.'],
    });
  });

  test('says what would happen after a failure', () => {
    const stages = plan(
      pipelineOf({
        Build: {},
        Deploy: { dependsOn: ['Build'] },
        Rollback: { dependsOn: ['Deploy'], condition: 'failed()' },
      }),
      factsOf(),
    );
    expect(stages.map(({ outlook, afterFailure }) => [outlook, afterFailure])).toEqual([
      ['runs', undefined],
      ['runs', 'skipped'],
      ['skipped', 'runs'],
    ]);
  });

  test('leaves open what hangs upon an output, and names it', () => {
    const jobs = planJobs({
      A: {},
      B: { dependsOn: ['A'], condition: "eq(dependencies.A.outputs['s.v'], '1')" },
      C: { dependsOn: ['B'] },
      D: { dependsOn: ['B'], condition: 'always()' },
      E: { dependsOn: ['B'], condition: "eq(dependencies.B.result, 'Skipped')" },
    });
    expect(jobs.map(({ outlook }) => outlook)).toEqual([
      'runs',
      'unknown',
      'unknown',
      'runs',
      'unknown',
    ]);
    expect(jobs[1]?.reasons).toEqual(["dependencies.A.outputs['s.v'] is known at run time only"]);
    expect(jobs[2]?.reasons).toEqual(['succeeded() is known at run time only']);
    expect(jobs[4]?.reasons).toEqual(['dependencies.B.result is known at run time only']);
  });

  test('decides where the unknown does not matter', () => {
    const unknown = "eq(dependencies.A.outputs['s.v'], '1')";
    const after = (condition: string) => ({ dependsOn: ['A'], condition });
    const jobs = planJobs({
      A: {},
      B: after(`and(${unknown}, eq(variables.x, 'no'))`),
      C: after(`or(${unknown}, succeeded())`),
      D: after(`not(and(${unknown}, false))`),
      E: after(`and(${unknown}, succeeded())`),
    });
    expect(jobs.map(({ outlook }) => outlook)).toEqual([
      'runs',
      'skipped',
      'runs',
      'runs',
      'unknown',
    ]);
  });

  test('follows variables to the output that they come from', () => {
    const jobs = planJobs({
      A: {},
      B: {
        dependsOn: ['A'],
        variables: { v: "$[ dependencies.A.outputs['s.v'] ]", w: '$[ variables.v ]' },
        condition: "eq(variables.w, '1')",
      },
    });
    expect(jobs[1]?.reasons).toEqual(["dependencies.A.outputs['s.v'] is known at run time only"]);
  });

  test('takes no number from a counter', () => {
    let taken = 0;
    const pipeline = jobsOf(
      { A: { condition: 'eq(variables.n, 1)' } },
      { n: "$[counter('p', 1)]" },
    );
    const [stage] = plan(pipeline, factsOf({ nextCounter: () => ++taken }));
    expect(taken).toBe(0);
    expect(stage?.jobs[0]).toMatchObject({
      outlook: 'unknown',
      reasons: ["counter('p') is known at run time only"],
    });
  });

  test('lists legs, slices and hooks as far as they are known', () => {
    const jobs = planJobs(
      {
        A: { strategy: matrix({ py38: {}, py39: {} }) },
        B: { strategy: { kind: 'parallel', count: text('$(n)') } },
        C: {
          strategy: { kind: 'runtime', runtime: text("$[ dependencies.A.outputs['s.v'] ]") },
          dependsOn: ['A'],
        },
        D: deployment({ kind: 'canary', increments: [50], hooks: { deploy: hook() } }),
        E: {},
      },
      { n: '2' },
    );
    expect(jobs.map(({ instances }) => instances)).toEqual([
      ['py38', 'py39'],
      ['job1', 'job2'],
      undefined,
      ['deploy_50', 'deploy_100'],
      [],
    ]);
  });

  test('shows mistakes of conditions, and goes on after them', () => {
    const jobs = planJobs({
      A: { condition: 'eq(1' },
      B: { dependsOn: ['A'], condition: 'failed()' },
      C: { strategy: { kind: 'parallel', count: text('many') } },
      D: { timeoutInMinutes: text('soon') },
      E: {
        dependsOn: ['C'],
        condition: "and(eq(dependencies.C.outputs['s.v'], '1'), lt(variables, 1))",
      },
    });
    expect(jobs.map(({ outlook }) => outlook)).toEqual([
      'fails',
      'runs',
      'fails',
      'fails',
      'fails',
    ]);
    expect(jobs[3]?.reasons.at(-1)).toContain('timeoutInMinutes is "soon"');
  });

  test('knows manual stages, environments and stages that are left out', () => {
    const job = deployment(
      { kind: 'runOnce', hooks: { deploy: hook() } },
      { environment: environment('$(env)') },
    );
    const stages = plan(
      pipelineOf({ S1: {}, S2: { trigger: 'manual', jobs: { A: job } } }, { env: 'prod' }),
      factsOf({ stagesToSkip: ['S1'] }),
    );
    expect(stages[0]).toMatchObject({
      outlook: 'skipped',
      reasons: ['It is left out of this run.'],
    });
    expect(stages[1]).toMatchObject({ outlook: 'runs', isManual: true, environments: ['prod'] });
  });

  test('needs no order of the file', () => {
    const jobs = planJobs({ B: { dependsOn: ['A'] }, A: { condition: 'false' } });
    expect(jobs.map(({ job, outlook }) => [job.id, outlook])).toEqual([
      ['B', 'skipped'],
      ['A', 'skipped'],
    ]);
  });
});
