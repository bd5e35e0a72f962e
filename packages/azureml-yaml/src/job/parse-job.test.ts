import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CommandJob,
  type Diagnostic,
  type Job,
  type PipelineJob,
  parseDataAsset,
  parseDeployment,
  parseJob,
  topologicalOrder,
} from '../index.ts';

const valid = path.join(import.meta.dirname, '..', '..', 'testdata', 'valid');

function fixture(name: string): string {
  return readFileSync(path.join(valid, name), 'utf8');
}

function parse(text: string): Job {
  const { job, diagnostics } = parseJob(text, { fileName: 'job.yml' });
  expect(diagnostics).toEqual([]);
  if (job === null) throw new Error('no job');
  return job;
}

function pipeline(text: string): PipelineJob {
  const job = parse(text);
  if (job.type !== 'pipeline') throw new Error('no pipeline');
  return job;
}

function commandJob(text: string): CommandJob {
  const job = parse(text);
  if (job.type !== 'command') throw new Error('no command job');
  return job;
}

describe('a train, evaluate, register pipeline', () => {
  const job = pipeline(fixture('training-pipeline.yml'));

  it('knows itself', () => {
    expect(job).toMatchObject({
      name: 'diabetes_training',
      displayName: 'Diabetes regression training',
      experimentName: 'diabetes',
      declaredAt: { file: 'job.yml', line: 2, column: 1 },
      settings: {
        defaultCompute: 'local',
        defaultDatastore: 'workspaceblobstore',
        continueOnStepFailure: false,
        forceRerun: true,
      },
    });
    expect(job.tags.get('build')).toBe('20240117.1');
    expect(job.properties).toEqual(new Map([['owner', 'data-science']]));
  });

  it('has inputs with types, values and the place where they are declared', () => {
    expect(job.inputs.get('training_data')).toEqual({
      kind: 'data',
      type: 'uri_file',
      path: 'azureml:diabetes@latest',
      mode: 'ro_mount',
      optional: false,
      description: 'The table with the target column Y',
      declaredAt: { file: 'job.yml', line: 21, column: 3 },
    });
    expect(job.inputs.get('alpha')).toMatchObject({ type: 'number', value: 0.5 });
    expect(job.inputs.get('run_evaluation')).toMatchObject({ type: 'boolean', value: true });
    expect(job.inputs.get('random_state')).toMatchObject({ type: 'integer', value: 0 });
  });

  it('binds steps to inputs and to each other', () => {
    expect(job.steps.get('train')?.inputs.get('data')).toMatchObject({
      kind: 'parentInput',
      name: 'training_data',
    });
    expect(job.steps.get('evaluate')?.inputs.get('model')).toEqual({
      kind: 'stepOutput',
      step: 'train',
      output: 'model',
      mode: 'download',
    });
    const dependsOn = [...job.steps.values()].map((step) => step.dependsOn);
    expect(dependsOn).toEqual([[], ['train'], ['train', 'evaluate']]);
    expect(topologicalOrder(job)).toEqual(['train', 'evaluate', 'register']);
  });

  it('a bound output has the type of the pipeline output, which knows its producer', () => {
    expect(job.steps.get('train')?.outputs.get('model')).toEqual({
      type: 'mlflow_model',
      mode: 'upload',
      path: null,
      register: null,
      isControl: false,
      parentOutput: 'trained_model',
    });
    expect(job.outputs.get('trained_model')?.producer).toEqual({ step: 'train', output: 'model' });
  });

  it('an inline component gives its step command, code, environment and defaults', () => {
    const step = job.steps.get('register');
    expect(step).toMatchObject({
      displayName: 'Register Model',
      code: '../',
      environment: 'azureml:ridgeline-node@latest',
      compute: 'local',
    });
    expect(step).toMatchObject({ command: expect.stringContaining('--stage ${{inputs.stage}}') });
    expect(step?.inputs.get('stage')).toMatchObject({ kind: 'literal', value: 'none' });
  });
});

describe('other jobs', () => {
  it('a command job has the fields of a step and of a job', () => {
    const job = commandJob(fixture('command-job.yml'));
    expect(job).toMatchObject({
      name: 'hello-world',
      code: './src',
      compute: 'local',
      timeoutSeconds: 60,
      environment: 'azureml:ridgeline-node@latest',
    });
    expect(job.inputs.get('weights')).toMatchObject({ type: 'custom_model', path: null });
    expect(job.outputs.get('result')).toMatchObject({ type: 'uri_folder', producer: null });
  });

  it('a job without type and $schema is a command job', () => {
    expect(parse('command: echo hi').type).toBe('command');
  });

  it('aliases share values', () => {
    const { steps } = pipeline(fixture('anchors.yml'));
    expect(steps.get('second')?.environmentVariables).toEqual(new Map([['LEVEL', 'info']]));
  });

  it('warnings alone leave the job', () => {
    const text = 'command: echo\nresources:\n  instance_count: 1\n  instance_type: big';
    const { job, diagnostics } = parseJob(text, { fileName: 'f' });
    expect(job?.type).toBe('command');
    expect(diagnostics.map(({ code }) => code)).toEqual(['HAS_NO_EFFECT']);
  });

  it('a hundred warnings and more leave the job too', () => {
    const steps = Array.from(
      { length: 150 },
      (_, n) => `  s${n}: {command: echo, resources: {instance_type: big}}`,
    );
    const { job, diagnostics } = parseJob(`type: pipeline\njobs:\n${steps.join('\n')}`, {
      fileName: 'f',
    });
    expect(job?.type).toBe('pipeline');
    expect(diagnostics).toHaveLength(100);
  });

  it('a command too long for any shell is refused, and one a little shorter is not', () => {
    const command = (length: number) => `command: "${'x'.repeat(length)}"`;
    expect(parse(command(100_000)).type).toBe('command');
    const { diagnostics } = parseJob(command(100_001), { fileName: 'f' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['VALUE_OUT_OF_RANGE']);
  });

  it('hostile files of a megabyte are judged in seconds', () => {
    const step = (n: number) =>
      `  s${n}: {command: echo, inputs: {x: "\${{parent.jobs.t${n}zz.outputs.o}}"}, outputs: {o: }}`;
    const steps = Array.from({ length: 9000 }, (_, n) => step(n));
    const startMs = performance.now();
    parseJob(`type: pipeline\njobs:\n${steps.join('\n')}`, { fileName: 'f' });
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it('the value of an environment variable is never shown', () => {
    const text = 'command: echo\nenvironment_variables:\n  TOKEN: {secret: hunter2}';
    const { diagnostics } = parseJob(text, { fileName: 'f' });
    expect(diagnostics).toHaveLength(1);
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  it('a step output bound in the long form takes the pipeline output too', () => {
    const text = `
type: pipeline
outputs:
  all: {type: uri_folder, path: azureml://datastores/workspaceblobstore/paths/all}
jobs:
  a:
    command: echo
    outputs:
      out: {path: "\${{parent.outputs.all}}", mode: upload}`;
    expect(pipeline(text).steps.get('a')?.outputs.get('out')).toEqual({
      type: 'uri_folder',
      mode: 'upload',
      path: 'azureml://datastores/workspaceblobstore/paths/all',
      register: null,
      isControl: false,
      parentOutput: 'all',
    });
  });
});

/** Step n may read from the steps in `reads[n]`. */
function graphText(reads: readonly (readonly number[])[]): string {
  const steps = reads.map((from, step) => {
    const inputs = from.map((n) => `      i${n}: \${{parent.jobs.s${n}.outputs.o}}`);
    return `  s${step}:\n    command: echo\n    outputs:\n      o:\n    inputs:\n${inputs.join('\n')}`;
  });
  return `type: pipeline\njobs:\n${steps.join('\n')}`
    .replaceAll('    inputs:\n\n', '')
    .replace(/ {4}inputs:\n$/, '');
}

describe('graphs', () => {
  it('the order respects every edge and holds every step once', () => {
    const graph = fc
      .array(fc.uniqueArray(fc.nat(11), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
      .chain((rows) =>
        fc.record({
          // Step n reads only from smaller ones; a permutation of names mixes the file's order.
          reads: fc.constant(rows.map((row, n) => row.filter((from) => from < n))),
          names: fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }),
        }),
      );
    fc.assert(
      fc.property(graph, ({ reads, names }) => {
        const renamed: number[][] = [];
        for (const [n, row] of reads.entries()) {
          renamed[names[n] ?? 0] = row.map((from) => names[from] ?? 0);
        }
        const job = pipeline(graphText(renamed));
        const order = topologicalOrder(job);
        expect([...order].sort()).toEqual([...job.steps.keys()].sort());
        for (const step of job.steps.values()) {
          for (const needed of step.dependsOn) {
            expect(order.indexOf(needed)).toBeLessThan(order.indexOf(step.name));
          }
        }
      }),
    );
  });

  it('a cycle is reported exactly when there is one, and is one', () => {
    const graph = fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(graph, (rows) => {
        const reads = rows.map((row, n) => row.filter((from) => from !== n));
        const { diagnostics } = parseJob(graphText(reads), { fileName: 'f' });
        const cycles = diagnostics.filter(({ code }) => code === 'PIPELINE_CYCLE');
        expect(cycles.length > 0).toBe(hasCycle(reads));
        for (const { message } of cycles) expectCircle(message, reads);
      }),
    );
  });

  it('a graph with a cycle has no order', () => {
    const { steps } = pipeline(graphText([[], [0]]));
    const first = steps.get('s0');
    if (first === undefined) throw new Error('no step');
    const circular = new Map(steps).set('s0', { ...first, dependsOn: ['s1'] });
    expect(() => topologicalOrder({ steps: circular })).toThrow(
      expect.objectContaining({ code: 'PIPELINE_CYCLE', status: 400 }),
    );
  });
});

/** By removing steps that wait for nothing, until none is left or none can go. */
function hasCycle(reads: readonly (readonly number[])[]): boolean {
  let left = [...reads.keys()];
  for (;;) {
    const stay = left.filter((n) => (reads[n] ?? []).some((from) => left.includes(from)));
    if (stay.length === 0) return false;
    if (stay.length === left.length) return true;
    left = stay;
  }
}

function expectCircle(message: string, reads: readonly (readonly number[])[]): void {
  const circle = [...message.matchAll(/'s(\d)'/g)].map((match) => Number(match[1]));
  expect(circle.length).toBeGreaterThan(2);
  expect(circle.at(-1)).toBe(circle[0]);
  for (const [at, step] of circle.slice(0, -1).entries()) {
    expect(reads[step]).toContain(circle[at + 1]);
  }
}

describe('any text', () => {
  const corpus = ['training-pipeline.yml', 'command-job.yml', 'deployment.yml', 'data.yml'].map(
    fixture,
  );
  const mutated = fc
    .record({
      text: fc.constantFrom(...corpus),
      at: fc.nat(),
      length: fc.nat(30),
      insert: fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 10 }),
        fc.constantFrom(
          '${{',
          '}}',
          ': ',
          '\n  ',
          '- ',
          '&a ',
          '*a',
          '[',
          '{',
          '"',
          '\t',
          '!!x ',
          '? ',
          '|',
          '\0',
          '<<: ',
        ),
      ),
    })
    .map(({ text, at, length, insert }) => {
      const start = at % text.length;
      return text.slice(0, start) + insert + text.slice(start + length);
    });

  it.each([
    ['arbitrary', fc.string({ unit: 'binary' })],
    [
      'YAML-like',
      fc
        .array(
          fc.constantFrom(
            'type',
            'jobs',
            ':',
            ' ',
            '\n',
            '-',
            '[',
            ']',
            '{',
            '}',
            ',',
            '&a',
            '*a',
            '"',
            "'",
            '|',
            '>',
            '#',
            'command',
            '1',
          ),
        )
        .map((parts) => parts.join('')),
    ],
    ['mutated', mutated],
  ])('%s text never makes a parser throw, and every finding stands inside the file', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const results = [
          parseJob(text, { fileName: 'f' }),
          parseDeployment(text, { fileName: 'f' }),
          parseDataAsset(text, { fileName: 'f' }),
        ];
        const lines = text.split('\n');
        for (const { diagnostics } of results) {
          for (const diagnostic of diagnostics) expectInside(diagnostic, lines);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('there is a job exactly when no finding is an error', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { job, diagnostics } = parseJob(text, { fileName: 'f' });
        expect(job === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 300 },
    );
  });
});

function expectInside({ file, line, column, message }: Diagnostic, lines: readonly string[]): void {
  expect(file).toBe('f');
  expect(line).toBeGreaterThanOrEqual(1);
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeGreaterThanOrEqual(1);
  expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
  expect(message).not.toContain('\n');
}
