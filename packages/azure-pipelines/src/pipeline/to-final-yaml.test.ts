import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScalar } from './final-yaml/print-yaml.ts';
import { pipelineOf, withoutOrigins } from './testing.fixture.ts';
import { toFinalYaml } from './to-final-yaml.ts';

/** Every part of the language at least once. */
const everything = `
name: $(Date:yyyyMMdd)$(Rev:.r)
appendCommitMessageToRunName: false
trigger:
  batch: true
  branches: { include: [main, releases/*], exclude: [releases/old*] }
  paths: { exclude: [docs] }
  tags: [v*]
pr: none
schedules:
  - { cron: 0 3 * * Mon-Fri, displayName: Nightly, branches: { include: [main] }, always: true }
resources:
  repositories:
    - { repository: tools, type: github, name: org/tools, ref: refs/heads/main, endpoint: gh, trigger: [main] }
  pipelines:
    - { pipeline: model, source: Model-CI, branch: main, tags: [ok], trigger: { branches: [main], stages: [A] } }
    - { pipeline: other, source: Other, trigger: true }
  containers:
    - { container: py, image: "python:3.12", env: { A: "1" }, ports: ["8080:80"], options: --cpus 2, trigger: true }
    - { container: db, image: postgres, localImage: true, mountReadOnly: { work: true } }
  builds: [{ build: b, type: Jenkins, connection: j, source: s }]
  packages: [{ package: p, type: npm, connection: c, name: n }]
  webhooks: [{ webhook: w, connection: c, filters: [{ path: a.b, value: x }] }]
variables:
  - group: shared
  - { name: a, value: "1.50" }
  - { name: fixed, value: "", readonly: true }
pool: { vmImage: ubuntu-latest, demands: [git, java -equals 17] }
lockBehavior: sequential
stages:
  - stage: Build
    displayName: "Build: it"
    jobs:
      - job: make
        continueOnError: true
        timeoutInMinutes: $[ variables.t ]
        cancelTimeoutInMinutes: 2
        variables: { x: y }
        strategy: { matrix: { a: { v: 1 }, b: { v: 2 } }, maxParallel: 1 }
        container: py
        services: { db: db, cache: redis }
        workspace: { clean: all }
        uses: { repositories: [tools], pools: [p] }
        steps:
          - checkout: self
            fetchDepth: 0
          - checkout: tools
          - script: |
              echo one
              echo two
            name: first
            env: { SECRET: $(secret) }
          - pwsh: Write-Host 1
            retryCountOnTaskFailure: 2
            target: { container: py, commands: restricted, settableVariables: [a] }
          - bash: exit 0
            target: host
            condition: always()
            timeoutInMinutes: 3
          - publish: out
            artifact: drop
          - script: never
            enabled: false
      - job: slices
        dependsOn: make
        strategy: { parallel: 3 }
        steps: [{ checkout: none }]
      - job: dynamic
        strategy: { matrix: "$[ dependencies.make.outputs['first.legs'] ]" }
        container: { image: "img:1", options: -v }
        steps: [{ script: echo }]
  - stage: Wait
    dependsOn: []
    condition: succeeded()
    trigger: manual
    isSkippable: false
    lockBehavior: runLatest
    pool: server
    jobs:
      - job: ask
        steps: [{ task: ManualValidation@1, inputs: { notifyUsers: me } }]
  - stage: Ship
    dependsOn: [Build, Wait]
    jobs:
      - deployment: once
        environment: prod.web
        strategy:
          runOnce:
            preDeploy: { steps: [{ script: pre }] }
            deploy: { steps: [{ script: ship }] }
            on: { failure: { steps: [{ script: back }] }, success: { pool: server, steps: [] } }
      - deployment: roll
        environment: { name: vms, resourceType: VirtualMachine, tags: [web] }
        strategy: { rolling: { maxParallel: 25%, deploy: { steps: [{ download: none }, { script: a }] } } }
      - deployment: bird
        environment: k8s
        strategy: { canary: { increments: [10, 50], deploy: { steps: [{ download: current, artifact: x }] } } }
`;

describe('the final YAML', () => {
  it('reads back as the same pipeline', () => {
    const pipeline = pipelineOf(everything);
    const { yaml } = toFinalYaml(pipeline);
    expect(withoutOrigins(pipelineOf(yaml))).toEqual(withoutOrigins(pipeline));
  });

  it('is the same when made from itself', () => {
    const { yaml } = toFinalYaml(pipelineOf(everything));
    expect(toFinalYaml(pipelineOf(yaml)).yaml).toBe(yaml);
  });

  it('has the stage, the job, the checkout and the tasks that a file of steps leaves out', () => {
    expect(toFinalYaml(pipelineOf('steps:\n- script: echo\n')).yaml).toBe(
      [
        'stages:',
        '- stage: __default',
        '  jobs:',
        '  - job: __default',
        '    steps:',
        '    - checkout: self',
        '    - task: CmdLine@2',
        '      inputs:',
        '        script: echo',
        '',
      ].join('\n'),
    );
  });

  it('tells of each line where it came from', () => {
    const { yaml, sourceMap } = toFinalYaml(
      pipelineOf('pool: x\nsteps:\n- script: echo\n  displayName: Say it\n  env:\n    A: b\n'),
    );
    const lines = yaml.trimEnd().split('\n');
    expect(sourceMap).toHaveLength(lines.length);
    const lineOf = (text: string) =>
      sourceMap[lines.findIndex((line) => line.includes(text))]?.line;
    expect(lineOf('name: x')).toBe(1);
    expect(lineOf('task: CmdLine')).toBe(3);
    expect(lineOf('displayName: Say it')).toBe(4);
    expect(lineOf('A: b')).toBe(6);
  });

  it('gives any text of an input back letter for letter', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            'a',
            ' ',
            '\n',
            ':',
            '#',
            '- ',
            "'",
            '"',
            '\t',
            '{',
            'é',
            '😀',
            '\r',
            '$(x)',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(words, (text) => {
        const input = JSON.stringify(text.toWellFormed());
        const pipeline = pipelineOf(
          `steps:\n- task: T@1\n  displayName: "x"\n  inputs:\n    i: ${input}\n    last: x\n`,
        );
        const again = pipelineOf(toFinalYaml(pipeline).yaml);
        expect(withoutOrigins(again)).toEqual(withoutOrigins(pipeline));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a\nb\n', '|'],
    ['a  \n\n  b', '|-'],
    ['a\n\n\n', '|+'],
    ['  a\nb', '|2-'],
    ['\na\n', '"\\na\\n"'],
    ['😀\né\n', '|'],
    ['a\r\nb\n', '"a\\r\\nb\\n"'],
  ])('shows the lines of %j where it can', (script, start) => {
    const pipeline = pipelineOf(`steps:\n- script: ${JSON.stringify(script)}\n`);
    const { yaml } = toFinalYaml(pipeline);
    expect(yaml).toContain(`script: ${start}\n`);
    expect(withoutOrigins(pipelineOf(yaml))).toEqual(withoutOrigins(pipeline));
  });

  it.each([
    ['echo', 'echo'],
    ['releases/*', 'releases/*'],
    ['python:3.12', 'python:3.12'],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ['null', "'null'"],
    ['', '""'],
    ['- a', "'- a'"],
    ["it's", "it's"],
    ['*', "'*'"],
    ['é', '"é"'],
  ])('writes %j as %s', (text, written) => {
    expect(formatScalar(text)).toBe(written);
  });
});
