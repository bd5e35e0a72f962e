import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignInputs } from './assign-inputs.ts';
import { localPaths } from './local-paths.ts';
import { parseJob } from './parse-job.ts';
import { toPipeline } from './to-pipeline.ts';

const text = `type: command
name: train
display_name: Train
command: train \${{inputs.data}} \${{outputs.model}}
code: ./src
inputs:
  short_number: 1
  short_text: a
  number: {type: number, default: 1}
  integer: {type: integer, default: 1}
  boolean: {type: boolean, default: false}
  string: {type: string, default: a}
  data: {type: uri_file, path: ./data.csv}
outputs:
  model: {type: mlflow_model, mode: upload}
`;

function job(yaml = text) {
  const parsed = parseJob(yaml, { fileName: 'job.yml' });
  if (parsed.job === null) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.job;
}

describe('assigning inputs', () => {
  it.each([
    ['number', 0.5, 0.5],
    ['number', '0.5', 0.5],
    ['number', '1e-3', 0.001],
    ['short_number', 0.5, 0.5],
    ['integer', '3', 3],
    ['integer', -3, -3],
    ['boolean', true, true],
    ['boolean', 'false', false],
    ['string', 5, '5'],
    ['string', true, 'true'],
    ['string', '', ''],
    ['short_text', '$(id)', '$(id)'],
  ])('%s takes %j as %j', (name, given, value) => {
    const { job: assigned, diagnostics } = assignInputs(job(), { [name]: given });
    expect(diagnostics).toEqual([]);
    expect(assigned.inputs.get(name)).toMatchObject({ value });
  });

  it.each([
    ['number', 'half', 'a number such as 0.5'],
    ['number', '', 'a number'],
    ['number', '0x10', 'a number'],
    ['number', Number.NaN, 'a number'],
    ['number', true, 'a number'],
    ['integer', 1.5, 'a whole number'],
    ['integer', '1e999', 'a whole number'],
    ['integer', 2 ** 53, 'a whole number'],
    ['boolean', 'yes', 'true or false'],
    ['boolean', 1, 'true or false'],
    ['string', 'a\0b', 'NUL'],
    ['data', 5, 'a path'],
    ['data', ' ', 'a path'],
  ])('%s refuses %j', (name, given, expected) => {
    const before = job();
    const { job: assigned, diagnostics } = assignInputs(before, { [name]: given });
    expect(diagnostics).toMatchObject([
      { code: 'INPUT_VALUE_INVALID', severity: 'error', file: 'job.yml' },
    ]);
    expect(diagnostics[0]?.message).toContain(expected);
    expect(diagnostics[0]?.line).toBe(before.inputs.get(name)?.declaredAt.line);
    expect(assigned.inputs.get(name)).toEqual(before.inputs.get(name));
  });

  it.each([
    ['azureml:diabetes:3', null],
    ['azureml://datastores/workspaceblobstore/paths/a.csv', null],
    ['../elsewhere.csv', null],
    ['azureml:diabetes', 'ASSET_REFERENCE_INVALID'],
    ['azureml:diabetes@stable', 'FEATURE_NOT_SUPPORTED'],
    ['https://example.org/a.csv', 'FEATURE_NOT_SUPPORTED'],
    ['azureml:/nonsense', 'ASSET_REFERENCE_INVALID'],
  ])('a data input given %s', (given, code) => {
    const { job: assigned, diagnostics } = assignInputs(job(), { data: given });
    expect(diagnostics.map((found) => found.code)).toEqual(code === null ? [] : [code]);
    expect(assigned.inputs.get('data')).toMatchObject({
      path: code === null ? given : './data.csv',
    });
  });

  it('an unknown name is reported at the job with the nearest name', () => {
    const { diagnostics } = assignInputs(job(), { numbr: 1, __proto__x: 1 });
    expect(diagnostics[0]).toMatchObject({ code: 'INPUT_NOT_FOUND', line: 1, column: 1 });
    expect(diagnostics[0]?.message).toContain("did you mean 'number'?");
    expect(diagnostics).toHaveLength(2);
  });

  it('an input without a value must be given one', () => {
    const open = job('command: echo\ninputs:\n  a: {type: string}\n  b: {type: uri_folder}\n');
    const { diagnostics } = assignInputs(open, { a: 'x' });
    expect(diagnostics).toMatchObject([{ code: 'INPUT_VALUE_MISSING', line: 4, column: 3 }]);
    expect(assignInputs(open, { a: 'x', b: './b' }).diagnostics).toEqual([]);
  });

  it('every finite number and every text without NUL comes through unchanged', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const plain = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(finite, plain, (number, string) => {
        const { job: assigned } = assignInputs(job(), { number: String(number), string });
        expect(assigned.inputs.get('number')).toMatchObject({ value: Number(String(number)) });
        expect(assigned.inputs.get('string')).toMatchObject({ value: string });
      }),
    );
  });

  it('leaves the job that it is given as it was', () => {
    const before = job();
    assignInputs(before, { number: 7 });
    expect(before.inputs.get('number')).toMatchObject({ value: 1 });
  });
});

describe('a command job as a pipeline', () => {
  it('is one step of the same name, bound to inputs and outputs', () => {
    const pipeline = toPipeline(job());
    const step = pipeline.steps.get('train');
    expect([...pipeline.steps.keys()]).toEqual(['train']);
    expect(step).toMatchObject({
      name: 'train',
      displayName: 'Train',
      code: './src',
      dependsOn: [],
    });
    expect(step?.inputs.get('data')).toEqual({ kind: 'parentInput', name: 'data', mode: null });
    expect(step?.outputs.get('model')).toEqual({
      type: 'mlflow_model',
      mode: 'upload',
      path: null,
      register: null,
      isControl: false,
      parentOutput: 'model',
    });
    expect(pipeline.outputs.get('model')?.producer).toEqual({ step: 'train', output: 'model' });
    expect(toPipeline(pipeline)).toBe(pipeline);
  });

  it.each([
    ['name: my-job\n', 'command'],
    ['name: 1st\n', 'command'],
    ['', 'command'],
    ['name: my_job\n', 'my_job'],
  ])('%j names its step %s', (line, step) => {
    expect([...toPipeline(job(`${line}command: echo`)).steps.keys()]).toEqual([step]);
  });
});

describe('local paths', () => {
  it('are those of code and data that a client must upload, each once', () => {
    const pipeline = job(`type: pipeline
inputs:
  a: {type: uri_file, path: ./a.csv}
  b: {type: uri_file, path: azureml:b:1}
  c: {type: uri_folder, path: azureml://datastores/d/paths/c}
  d: C:\\data
  e: {type: uri_folder, path: 'C:\\data'}
jobs:
  one: {command: echo, code: ../, inputs: {x: {type: uri_file, path: ./a.csv}}}
  two: {command: echo, code: ../, inputs: {y: {type: uri_folder, path: ./own}}}
`);
    expect(localPaths(pipeline)).toEqual({ code: ['../'], data: ['./a.csv', 'C:\\data', './own'] });
    expect(localPaths(job())).toEqual({ code: ['./src'], data: ['./data.csv'] });
  });
});
