import { describe, expect, it } from 'vitest';
import type { Strategy } from './pipeline.ts';
import {
  firstJob,
  firstStage,
  inputsOf,
  mistakesIn,
  pipelineOf,
  tasksIn,
} from './testing.fixture.ts';

describe('the implicit stage and job', () => {
  it('stand around steps', () => {
    const { stages } = pipelineOf('pool: { vmImage: x }\nsteps:\n- script: a\n');
    expect(stages).toMatchObject([
      {
        id: '__default',
        dependsOn: [],
        jobs: [{ id: '__default', displayName: { text: 'Job' }, pool: { vmImage: { text: 'x' } } }],
      },
    ]);
  });

  it('take what the root says of the job', () => {
    const job = firstJob(
      'strategy: { parallel: 2 }\ncontinueOnError: true\ncontainer: img\nworkspace: { clean: all }\nsteps: []\n',
    );
    expect(job).toMatchObject({
      strategy: { kind: 'parallel', count: { text: '2' } },
      continueOnError: { text: 'true' },
      container: { image: { text: 'img' } },
      workspace: { clean: 'all' },
    });
  });

  it('stand around jobs', () => {
    const { stages } = pipelineOf('jobs:\n- job: a\n- job: b\n');
    expect(stages.map(({ id, jobs }) => [id, jobs.map((job) => job.id)])).toEqual([
      ['__default', ['a', 'b']],
    ]);
  });
});

describe('stages', () => {
  const stages = (yaml: string) =>
    pipelineOf(yaml).stages.map(({ id, dependsOn }) => [id, dependsOn] as const);

  it('row 15.19: depend on the one before them in the file', () => {
    const yaml =
      'stages:\n- stage: A\n  condition: false\n  jobs: [{ job: a }]\n- stage: B\n  jobs: [{ job: a }]\n- stage: C\n  jobs: [{ job: a }]\n';
    expect(stages(yaml)).toEqual([
      ['A', []],
      ['B', ['A']],
      ['C', ['B']],
    ]);
  });

  it.each(['[]', "''", ''])(
    'row 15.41: depend on none where they say so: dependsOn: %s',
    (word) => {
      const yaml = `stages:\n- stage: A\n  jobs: [{ job: a }]\n- stage: B\n  dependsOn: ${word}\n  jobs: [{ job: a }]\n`;
      expect(stages(yaml)[1]).toEqual(['B', []]);
    },
  );

  it('name what they depend on in any letter case', () => {
    const yaml =
      'stages:\n- stage: Build\n  jobs: [{ job: a }]\n- stage: Ship\n  dependsOn: BUILD\n  jobs: [{ job: a }]\n';
    expect(stages(yaml)[1]).toEqual(['Ship', ['Build']]);
  });

  it('are numbered where they have no name', () => {
    const yaml =
      'stages:\n- stage:\n  jobs: [{ job: }, { job: Job1 }]\n- stage: stage1\n  jobs: [{ job: a }]\n';
    expect(stages(yaml).map(([id]) => id)).toEqual(['Stage2', 'stage1']);
    expect(pipelineOf(yaml).stages[0]?.jobs.map(({ id }) => id)).toEqual(['Job2', 'Job1']);
  });

  it('have their triggers, locks and switches', () => {
    const yaml =
      'stages:\n- stage: A\n  trigger: manual\n  isSkippable: false\n  lockBehavior: Sequential\n  group: g\n  templateContext: { a: b }\n  jobs: [{ job: a }]\n';
    expect(firstStage(yaml)).toMatchObject({
      trigger: 'manual',
      isSkippable: false,
      lockBehavior: 'sequential',
      group: { text: 'g' },
    });
  });
});

describe('jobs', () => {
  it('run side by side unless they say otherwise', () => {
    const { jobs } = firstStage('jobs:\n- job: a\n- job: b\n- job: c\n  dependsOn: [A, b, a]\n');
    expect(jobs.map(({ dependsOn }) => dependsOn)).toEqual([[], [], ['a', 'b']]);
  });

  it('may have no steps', () => {
    expect(tasksIn(firstJob('jobs:\n- job: a\n').steps)).toEqual(['Checkout@1']);
  });

  it('take the pool of the lowest level that has one', () => {
    const yaml =
      'pool: root\nstages:\n- stage: A\n  pool: stage\n  jobs:\n  - job: a\n    pool: job\n  - job: b\n- stage: B\n  jobs: [{ job: c }]\n';
    const pools = pipelineOf(yaml).stages.flatMap(({ jobs }) => jobs.map(({ pool }) => pool));
    expect(pools).toMatchObject([
      { name: { text: 'job' } },
      { name: { text: 'stage' } },
      { name: { text: 'root' } },
    ]);
  });

  it('have demands one by one', () => {
    const pool = firstJob('pool: { name: p, demands: "java" }\nsteps: []\n').pool;
    expect(pool).toMatchObject({ demands: [{ text: 'java' }] });
  });

  it('demand the image that their pool is to make', () => {
    const pool = firstJob('pool: { name: p, image: ubuntu, os: linux }\nsteps: []\n').pool;
    expect(pool).toMatchObject({ demands: [{ text: 'ImageOverride -equals ubuntu' }] });
  });

  it('without an agent have no checkout', () => {
    const job = firstJob('jobs:\n- job: a\n  pool: server\n  steps:\n  - task: Delay@1\n');
    expect(job.kind).toBe('server');
    expect(tasksIn(job.steps)).toEqual(['Delay@1']);
  });

  it('row 15.45: with an agent hold no server tasks', () => {
    const yaml =
      'jobs:\n- job: a\n  pool: { vmImage: x }\n  steps:\n  - task: ManualValidation@0\n';
    expect(mistakesIn(yaml)[0]).toMatch(/^5:5 SERVER_TASK_ON_AGENT "ManualValidation@0"/);
  });

  it('row 15.42: keep fields that only the run knows', () => {
    const job = firstJob(
      'jobs:\n- job: a\n  timeoutInMinutes: $[ variables.t ]\n  pool: { vmImage: $(img) }\n  strategy: { matrix: { x: { img: u } }, maxParallel: $(n) }\n',
    );
    expect(job).toMatchObject({
      timeoutInMinutes: { text: '$[ variables.t ]' },
      pool: { vmImage: { text: '$(img)' } },
      strategy: { kind: 'matrix', maxParallel: { text: '$(n)' } },
    });
  });

  it('know the containers of the resources by their aliases', () => {
    const yaml = `resources:
  containers:
  - { container: py, image: "python:3", env: { A: b }, ports: [80, "8080:80"], mapDockerSocket: false }
jobs:
- job: a
  container: PY
  services: { cache: redis, db: py }
- job: b
  container: { image: own, options: -v }
- job: c
  container: $[ variables.image ]
`;
    const { jobs } = firstStage(yaml);
    expect(jobs[0]?.container).toMatchObject({ alias: 'py', image: { text: 'python:3' } });
    expect(jobs[0]?.services.get('cache')?.image.text).toBe('redis');
    expect(jobs[0]?.services.get('db')?.alias).toBe('py');
    expect(jobs[1]?.container).toMatchObject({ image: { text: 'own' }, options: { text: '-v' } });
    expect(jobs[2]?.container).toMatchObject({ image: { text: '$[ variables.image ]' } });
  });
});

describe('strategies', () => {
  const strategyOf = (strategy: string): Strategy | undefined =>
    firstJob(`jobs:\n- job: a\n  strategy: ${strategy}\n`).strategy;

  it('have legs in the order of the file', () => {
    const strategy = strategyOf('{ matrix: { b: { x: 1, y: }, a: { x: 2 } } }');
    expect(strategy?.kind === 'matrix' && strategy.legs.map(({ name }) => name)).toEqual([
      'b',
      'a',
    ]);
  });

  it('may have dots, dashes and spaces in the names of legs', () => {
    const strategy = strategyOf('{ matrix: { linux_python3.10: {}, win-x64: {}, Node 20: {} } }');
    expect(strategy?.kind).toBe('matrix');
  });

  it('with an empty matrix are one job', () => {
    expect(strategyOf('{ matrix: {} }')).toBeUndefined();
  });

  it('row 14.31: take the matrix from the run', () => {
    const yaml = `jobs:
- job: gen
- job: b
  dependsOn: gen
  strategy: { matrix: "$[ dependencies.gen.outputs['s.legs'] ]" }
`;
    expect(firstStage(yaml).jobs[1]?.strategy).toMatchObject({
      kind: 'runtime',
      runtime: { text: "$[ dependencies.gen.outputs['s.legs'] ]" },
    });
  });

  it.each([256, 257])('have at most 256 legs: %i', (count) => {
    const legs = Array.from({ length: count }, (_, index) => `      l${index}: { x: y }`);
    const found = mistakesIn(`jobs:\n- job: a\n  strategy:\n    matrix:\n${legs.join('\n')}\n`);
    expect(found).toEqual(
      count === 256
        ? []
        : [
            '5:7 VALUE_OUT_OF_RANGE The matrix has 257 legs, and at most 256 are possible. Make it smaller.',
          ],
    );
  });
});

describe('old files', () => {
  it('have phases and queues, which are jobs and pools', () => {
    const yaml = `phases:
- phase: Build
  queue:
    name: Hosted
    demands: [git]
    timeoutInMinutes: 30
    matrix: { a: { v: 1 } }
  steps:
  - script: x
- phase: Test
  dependsOn: build
  queue: Other
`;
    const { jobs } = firstStage(yaml);
    expect(jobs).toMatchObject([
      {
        id: 'Build',
        pool: { name: { text: 'Hosted' }, demands: [{ text: 'git' }] },
        timeoutInMinutes: { text: '30' },
        strategy: { kind: 'matrix' },
      },
      { id: 'Test', dependsOn: ['Build'], pool: { name: { text: 'Other' } } },
    ]);
  });

  it('have a list of repositories with options of the checkout', () => {
    const yaml = 'resources:\n- repo: self\n  clean: true\nsteps: []\n';
    expect(pipelineOf(yaml).resources.repositories).toMatchObject([{ alias: 'self' }]);
    expect(inputsOf(firstJob(yaml).steps[0])).toEqual({ repository: 'self', clean: 'true' });
  });
});

describe('names', () => {
  it.each(['1a', 'a-b', 'a b', 'a.b', 'é', 'a'.repeat(101)])(
    'row 14.34: %s is none for a job',
    (name) => {
      expect(mistakesIn(`jobs:\n- job: ${name}\n`)[0]).toMatch(/^2:8 NAME_INVALID/);
    },
  );

  it.each(['a', '_a', 'A1_b', 'a'.repeat(100)])('%s is one', (name) => {
    expect(mistakesIn(`jobs:\n- job: ${name}\n`)).toEqual([]);
  });

  it('may be the same in two stages', () => {
    const yaml = 'stages:\n- stage: A\n  jobs: [{ job: x }]\n- stage: B\n  jobs: [{ job: x }]\n';
    expect(mistakesIn(yaml)).toEqual([]);
  });
});
