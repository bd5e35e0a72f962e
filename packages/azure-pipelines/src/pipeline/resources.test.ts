import { describe, expect, it } from 'vitest';
import { pipelineOf } from './testing.fixture.ts';

const steps = 'steps: []\n';
const triggerOf = (yaml: string) => pipelineOf(`${yaml}\n${steps}`).trigger;

describe('triggers', () => {
  it('are undefined where the file says nothing', () => {
    const { trigger, pr, schedules } = pipelineOf(steps);
    expect([trigger, pr, schedules]).toEqual([undefined, undefined, []]);
  });

  it.each([
    ['trigger: none', { enabled: false }],
    ['trigger: [main, rel/*]', { enabled: true, branches: { include: ['main', 'rel/*'] } }],
    ['trigger: main', { branches: { include: ['main'] } }],
    ['trigger: { branches: [a] }', { branches: { include: ['a'], exclude: [] } }],
    ['trigger: { branches: { exclude: [dev] } }', { branches: { include: [], exclude: ['dev'] } }],
    [
      'trigger: { batch: true, paths: { include: [src] }, tags: [v*] }',
      { batch: true, paths: { include: ['src'] }, tags: { include: ['v*'] } },
    ],
  ])('%s', (yaml, trigger) => {
    expect(triggerOf(yaml)).toMatchObject(trigger);
  });

  it.each([
    ['pr: none', { enabled: false }],
    ['pr: [main]', { branches: { include: ['main'] }, autoCancel: true, drafts: true }],
    [
      'pr: { autoCancel: false, drafts: off, branches: [a], paths: [b] }',
      { autoCancel: false, drafts: false },
    ],
  ])('%s', (yaml, pr) => {
    expect(pipelineOf(`${yaml}\n${steps}`).pr).toMatchObject(pr);
  });
});

describe('resources', () => {
  const resourcesOf = (yaml: string) => pipelineOf(`resources:\n${yaml}${steps}`).resources;

  it('of repositories start runs only where they say so', () => {
    const { repositories } = resourcesOf(
      '  repositories:\n  - { repository: a, name: p/a, ref: refs/tags/v1 }\n  - { repository: b, type: GitHub, name: o/b, trigger: [main] }\n',
    );
    expect(repositories).toMatchObject([
      { alias: 'a', type: 'git', name: { text: 'p/a' }, ref: { text: 'refs/tags/v1' } },
      { alias: 'b', type: 'github', trigger: { branches: { include: ['main'] } } },
    ]);
    expect(repositories[0]?.trigger).toBeUndefined();
  });

  it.each([
    ['', undefined],
    [', trigger: none', undefined],
    [', trigger: { enabled: false, branches: [a] }', undefined],
    [', trigger: true', { tags: [], stages: [] }],
    [
      ', trigger: { branches: { include: [master] }, stages: [A], tags: t }',
      { branches: { include: ['master'], exclude: [] }, tags: ['t'], stages: ['A'] },
    ],
  ])('of pipelines start runs as they say: "%s"', (trigger, expected) => {
    const { pipelines } = resourcesOf(
      `  pipelines:\n  - { pipeline: model, source: CI${trigger} }\n`,
    );
    expect(pipelines[0]?.trigger).toEqual(expected);
  });

  it('of registries name their image', () => {
    const { containers } = resourcesOf(
      '  containers:\n  - { container: c, type: ACR, registry: reg, repository: app, trigger: { tags: [v*] } }\n',
    );
    expect(containers).toMatchObject([
      { image: { text: 'reg.azurecr.io/app' }, trigger: { tags: { include: ['v*'] } } },
    ]);
  });

  it('of other systems are kept as they are', () => {
    const { builds, packages, webhooks } = resourcesOf(
      '  builds: [{ build: b, type: Jenkins, source: s }]\n  packages: [{ package: p, type: npm, connection: c, name: n }]\n  webhooks: [{ webhook: w, connection: c, filters: [{ path: a, value: 1 }] }]\n',
    );
    expect(builds).toMatchObject([{ alias: 'b', type: 'Jenkins' }]);
    expect(packages[0]?.properties.get('name')?.text).toBe('n');
    expect(webhooks).toMatchObject([{ alias: 'w', filters: [{ path: { text: 'a' } }] }]);
  });
});

describe('variables', () => {
  it('are entries in the order of the file', () => {
    const { variables } = pipelineOf(
      `variables:\n- group: g\n- name: a\n  value: $[ counter('x') ]\n- { name: b, value: yes, readonly: true }\n- name: c\n${steps}`,
    );
    expect(variables).toMatchObject([
      { kind: 'group', group: { text: 'g' } },
      { kind: 'value', name: 'a', value: { text: "$[ counter('x') ]" }, readonly: false },
      { kind: 'value', name: 'b', value: { text: 'yes' }, readonly: true },
      { kind: 'value', name: 'c', value: { text: '' } },
    ]);
  });

  it('may stand in a mapping', () => {
    const { variables } = pipelineOf(`variables: { a: 1.50, B.c: }\n${steps}`);
    expect(variables).toMatchObject([
      { name: 'a', value: { text: '1.50' } },
      { name: 'B.c', value: { text: '' } },
    ]);
  });
});
