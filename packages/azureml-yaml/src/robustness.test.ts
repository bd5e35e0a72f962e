// What holds for any text: no parser throws, none gives a result beside an error, and the work grows
// no faster than the file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignInputs,
  type ComponentOptions,
  type Diagnostic,
  detectKind,
  localPaths,
  parseComponent,
  parseCompute,
  parseDataAsset,
  parseDatastore,
  parseDeployment,
  parseEndpoint,
  parseEnvironment,
  parseJob,
  parseModel,
  parseSchedule,
  toPipeline,
  topologicalOrder,
} from './index.ts';
import { corpusComponents, fixture, goodPipeline } from './testing.fixture.ts';

interface Parsed {
  readonly diagnostics: readonly Diagnostic[];
}
type Parse = (text: string, options: ComponentOptions) => Parsed;

/** Good files, and who reads them. */
const seeds: readonly (readonly [string, Parse])[] = [
  ['composite-pipeline.yml', parseJob],
  ['training-pipeline.yml', parseJob],
  ['command-job.yml', parseJob],
  ['components/prepare.yml', parseComponent],
  ['components/nested/turn.yml', parseComponent],
  ['deployment.yml', parseDeployment],
  ['endpoint.yml', parseEndpoint],
  ['data.yml', parseDataAsset],
  ['model.yml', parseModel],
  ['environment.yml', parseEnvironment],
  ['compute.yml', parseCompute],
  ['datastore.yml', parseDatastore],
  ['schedule.yml', parseSchedule],
].map(([file, parse]) => [fixture(file as string), parse as Parse]);
const parsers = new Set(seeds.map(([, parse]) => parse));

const snippets = [
  `\${{parent.jobs.first.outputs.table}}`,
  `\${{parent.jobs.loop}}`,
  `\${{search_space.x}}`,
  '$[[',
  'type: pipeline',
  'type: do_while',
  'component: ./components/nested/turn.yml',
  'component: {type: pipeline, jobs: {a: {command: b}}}',
  '__proto__: 1',
  'constructor: {}',
  '*a',
  '&a',
  '{}',
  '[]',
  '""',
  'null',
  '-1',
  '\0',
  '😀',
];

/** A line of a good file lost, doubled, moved in or out, or with something else in it. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds),
    changes: fc.array(
      fc.record({
        at: fc.nat(200),
        how: fc.constantFrom('drop', 'double', 'indent', 'outdent', 'value', 'swap'),
        snippet: fc.oneof(fc.constantFrom(...snippets), fc.string({ maxLength: 12 })),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ seed: [text, parse], changes }) => {
    const lines = text.split('\n');
    for (const { at, how, snippet } of changes) {
      const index = at % lines.length;
      const line = lines[index] ?? '';
      if (how === 'drop') lines.splice(index, 1);
      else if (how === 'double') lines.splice(index, 0, line);
      else if (how === 'indent') lines[index] = `  ${line}`;
      else if (how === 'outdent') lines[index] = line.replace(/^ {2}/, '');
      else if (how === 'value') lines[index] = line.replace(/:.*$/, `: ${snippet}`);
      else lines[index] = lines[(index + 7) % lines.length] ?? '';
    }
    return { text: lines.join('\n'), parse };
  });

function check(text: string, parse: Parse): void {
  const options = { fileName: 'file.yml', components: corpusComponents };
  const parsed: Parsed & { readonly missingComponents?: unknown } = parse(text, options);
  const { diagnostics, missingComponents: _, ...result } = parsed;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  expect(Object.values(result)).toEqual([failed ? null : expect.anything()]);
  for (const { line, column, message } of diagnostics) {
    expect(Math.min(line, column)).toBeGreaterThan(0);
    expect(message).not.toMatch(/\n|undefined|\[object/);
  }
  if (parse === parseJob) checkJob(text, options);
}

/** A job that is good can be planned. */
function checkJob(text: string, options: ComponentOptions): void {
  const { job } = parseJob(text, options);
  if (job === null) return;
  const pipeline = toPipeline(assignInputs(job, {}).job);
  expect(topologicalOrder(pipeline)).toHaveLength(pipeline.steps.size);
  localPaths(pipeline);
}

describe('no text makes a parser throw', () => {
  it('however a good file is changed', () => {
    const property = fc.property(mutated, ({ text, parse }) => {
      detectKind(text);
      check(text, parse);
    });
    fc.assert(property, { numRuns: 300 });
  }, 30_000);

  it('whatever it is', () => {
    const words = fc.array(fc.constantFrom(...snippets, '\n', '  ', 'jobs:', 'a:', '- '));
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      words.map((parts) => parts.join('')),
    );
    const property = fc.property(text, fc.constantFrom(...parsers), check);
    fc.assert(property, { numRuns: 500 });
  }, 30_000);
});

describe('work grows with the file, not with its square', () => {
  const chain = (steps: number) =>
    [
      'type: pipeline',
      'inputs: {data: {type: uri_folder, path: ./data}}',
      'jobs:',
      ...Array.from({ length: steps }, (_, index) => {
        const data = index === 0 ? 'parent.inputs.data' : `parent.jobs.s${index - 1}.outputs.table`;
        const kind = index % 2 === 0 ? './components/prepare.yml' : './components/nested/turn.yml';
        return `  s${index}: {component: ${kind}, inputs: {data: "\${{${data}}}"}}`;
      }),
    ].join('\n');

  /** Look-ups in maps and sets, which all work on names goes through. */
  function lookUps(work: () => void): number {
    const counted = [Map.prototype, Set.prototype] as const;
    const originals = counted.map(({ has }) => has);
    const get = Map.prototype.get;
    let count = 0;
    Map.prototype.get = function counting(key) {
      count += 1;
      return get.call(this, key);
    };
    for (const [index, prototype] of counted.entries()) {
      prototype.has = function counting(this: Map<unknown, unknown>, key: unknown) {
        count += 1;
        return originals[index]?.call(this as never, key) ?? false;
      };
    }
    try {
      work();
    } finally {
      Map.prototype.get = get;
      for (const [index, prototype] of counted.entries()) {
        prototype.has = originals[index] ?? prototype.has;
      }
    }
    return count;
  }

  it('for a chain of 2,000 steps with components', () => {
    const plan = (steps: number) => () => {
      const pipeline = goodPipeline(chain(steps), corpusComponents);
      expect(topologicalOrder(pipeline)).toHaveLength((steps * 3) / 2);
    };
    const few = lookUps(plan(200));
    const many = lookUps(plan(2000));
    expect(many / few).toBeLessThan(12);
  }, 30_000);
});
