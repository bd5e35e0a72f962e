// What no reader has thought of: any tree of the language's words ends in diagnostics or a pipeline,
// and any pipeline is the same after its final YAML.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { normalizeJobs, normalizeStages, normalizeSteps } from '../schema/normalize.ts';
import { readYaml } from '../text/read-yaml.ts';
import { convert, pipelineOf, withoutOrigins } from './testing.fixture.ts';
import { toFinalYaml } from './to-final-yaml.ts';

const words = [
  ...['stages', 'stage', 'jobs', 'job', 'deployment', 'steps', 'script', 'task', 'inputs', 'pool'],
  ...['phases', 'phase', 'queue', 'variables', 'name', 'value', 'group', 'strategy', 'matrix'],
  ...['parallel', 'runOnce', 'canary', 'increments', 'rolling', 'deploy', 'on', 'failure', 'env'],
  ...['resources', 'repositories', 'repository', 'pipelines', 'pipeline', 'containers', 'trigger'],
  ...['container', 'image', 'services', 'dependsOn', 'condition', 'environment', 'checkout', 'pr'],
  ...['download', 'target', 'uses', 'schedules', 'cron', 'branches', 'include', '__proto__'],
  ...['constructor', 'toString', 'enabled', 'publish', 'webhooks', 'filters', 'templateContext'],
];

const leaf = fc.oneof(
  fc.constantFrom(...words, '', null, true, 0, -1, 'A', 'B', 'server', 'none', '$(x)', '$[ a ]'),
  fc.string({ maxLength: 8 }),
);

const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...words), tie('node')), { maxLength: 5 }).map((entries) => {
      // A null prototype, so that `__proto__` is a key like others.
      const mapping: Record<string, unknown> = Object.create(null);
      for (const [key, value] of entries) mapping[key] = value;
      return mapping;
    }),
  ),
})).node;

const root = fc.oneof(
  tree.map((node) => ({ steps: node })),
  tree.map((node) => ({ jobs: node })),
  tree.map((node) => ({ stages: node, resources: node })),
  fc
    .tuple(fc.constantFrom(...words), tree)
    .map(([key, node]) => ({ [key]: node, variables: node, trigger: node, pool: node })),
);

const text = fc.oneof(
  fc.constantFrom('a', '$(x)', "eq(variables['a'], 'b')", 'x: y', 'line\nline\n', ' ', "it's", '#'),
  fc.string({ maxLength: 12 }),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const minutes = fc.constantFrom('5', '0', '$(t)', undefined);
const condition = fc.constantFrom('always()', "and(succeeded(), ne(variables.x, '1'))", undefined);
const texts = fc.dictionary(fc.constantFrom('a', 'B', 'c.d', 'e f'), text, { maxKeys: 3 });

const common = {
  displayName: maybe(text),
  condition,
  continueOnError: fc.constantFrom('true', 'no', '$(c)', undefined),
  enabled: fc.constantFrom('true', 'false', undefined),
  env: maybe(texts),
  timeoutInMinutes: minutes,
};
const step = fc.oneof(
  fc.record({ script: text, workingDirectory: maybe(text), ...common }),
  fc.record({ task: fc.constantFrom('T@1', 'a.b.U@0'), inputs: maybe(texts), ...common }),
  fc.record({ checkout: fc.constantFrom('self', 'none'), fetchDepth: maybe(text) }),
  fc.record({ download: fc.constantFrom('current', 'none'), artifact: maybe(text) }),
  fc.record({ publish: text, artifact: maybe(text) }),
);
const steps = fc.array(step, { maxLength: 4 });
const pool = maybe(
  fc.oneof(text, fc.record({ vmImage: text, demands: fc.array(text, { maxLength: 2 }) })),
);
const variables = maybe(
  fc.oneof(texts, fc.array(fc.record({ name: fc.constantFrom('v', 'w'), value: text }))),
);
const jobCommon = {
  displayName: maybe(text),
  condition,
  timeoutInMinutes: minutes,
  pool,
  variables,
};
const hook = fc.record({ steps });
const job = fc.oneof(
  fc.record({
    job: fc.constant('J'),
    ...jobCommon,
    strategy: fc.constantFrom(
      undefined,
      { parallel: 3 },
      { matrix: { a: { x: 1 }, b: {} }, maxParallel: 2 },
    ),
    container: fc.constantFrom(undefined, 'image:1', { image: 'i', options: '-v' }),
    workspace: fc.constantFrom(undefined, { clean: 'all' }),
    steps,
  }),
  fc.record({
    deployment: fc.constant('D'),
    ...jobCommon,
    environment: fc.constantFrom(undefined, 'e', 'e.r', { name: 'e', tags: ['t'] }),
    strategy: fc.oneof(
      fc.record({ runOnce: fc.record({ preDeploy: hook, deploy: hook }) }),
      fc.record({ canary: fc.record({ increments: fc.constant([10]), deploy: hook }) }),
      fc.record({ rolling: fc.record({ maxParallel: fc.constant('25%'), deploy: hook }) }),
    ),
  }),
);
const stages = fc
  .array(fc.record({ displayName: maybe(text), condition, pool, variables, job }), { minLength: 1 })
  .map((all) =>
    all.map(({ job: one, ...stage }, index) => ({
      stage: `S${index}`,
      ...stage,
      ...(index === 2 && { dependsOn: ['S0'] }),
      jobs: [one],
    })),
  );

describe('robustness', () => {
  it('any tree of known words ends in diagnostics or a pipeline', () => {
    fc.assert(
      fc.property(root, (value) => {
        const { pipeline, sink } = convert(stringify(value));
        expect(pipeline === undefined).toBe(sink.hasErrors);
      }),
      { numRuns: 1000 },
    );
  });

  it('any tree may be given to a template', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const node = readYaml(stringify(value), 'parameter.yml', new DiagnosticSink());
        for (const normalize of [normalizeSteps, normalizeJobs, normalizeStages]) {
          if (node !== undefined) normalize(node, new DiagnosticSink());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('any pipeline is the same after its final YAML', () => {
    fc.assert(
      fc.property(fc.record({ pool, variables, stages }), (value) => {
        const { pipeline } = convert(stringify(JSON.parse(JSON.stringify(value))));
        fc.pre(pipeline !== undefined);
        if (pipeline === undefined) return;
        const again = pipelineOf(toFinalYaml(pipeline).yaml);
        expect(withoutOrigins(again)).toEqual(withoutOrigins(pipeline));
      }),
      { numRuns: 500 },
    );
  });

  it('three thousand jobs in a ring are told as one', () => {
    const jobs = Array.from({ length: 3_000 }, (_, index) => ({
      job: `j${index}`,
      dependsOn: `j${(index + 1) % 3_000}`,
    }));
    const { sink } = convert(stringify({ jobs }));
    expect(sink.diagnostics.map(({ code }) => code)).toEqual(['DEPENDENCY_CYCLE']);
  });

  it('no more than a hundred mistakes are told', () => {
    const { sink } = convert(stringify({ steps: Array.from({ length: 500 }, (_, i) => `s${i}`) }));
    expect(sink.diagnostics).toHaveLength(101);
  });
});
