import { describe, expect, it } from 'vitest';
import { localCondaFiles, parseComponent, parseJob, readInlineEnvironment } from '../index.ts';
import { componentsOf, goodPipeline, messages, stepOf } from '../testing.fixture.ts';

const pipeline = (environment: string) => `
type: pipeline
jobs:
  train:
    command: train
    environment: ${environment}
`;

const inlineOf = (text: string, components: Record<string, string> = {}) => {
  const { steps } = goodPipeline(text, componentsOf(components));
  return readInlineEnvironment(stepOf(steps, 'train', 'command').environment ?? '');
};

describe('an environment within a job', () => {
  it('holds its conda file as data', () => {
    const text = pipeline('{conda_file: {dependencies: [python=3.11, {pip: [six]}]}}');
    const data = { dependencies: ['python=3.11', { pip: ['six'] }] };
    expect(inlineOf(text)).toEqual({ image: null, condaFile: { kind: 'inline', data } });
    expect(localCondaFiles(goodPipeline(text))).toEqual([]);
  });

  it('names a conda file from where the job stands, and its image', () => {
    const component =
      'type: command\ncommand: train\nenvironment: {image: a/b, conda_file: ../conda.yml}';
    const text = 'type: pipeline\njobs:\n  train: {component: ./steps/train.yml}';
    const components = { './steps/train.yml': component };
    expect(inlineOf(text, components)).toEqual({
      image: 'a/b',
      condaFile: { kind: 'file', path: './conda.yml' },
    });
    expect(localCondaFiles(goodPipeline(text, componentsOf(components)))).toEqual(['./conda.yml']);
  });

  it('of a registered component names no file of this machine', () => {
    const component = 'type: command\ncommand: train\nenvironment: {conda_file: ../../etc/passwd}';
    const text = 'type: pipeline\njobs:\n  train: {component: "azureml:train:1"}';
    const components = componentsOf({ 'azureml:train:1': component });
    expect(localCondaFiles(goodPipeline(text, components))).toEqual([]);
  });

  it('is found in a sweep and in a parallel task', () => {
    const job = goodPipeline(`
type: pipeline
jobs:
  tune:
    type: sweep
    trial: {command: 'x \${{search_space.a}}', environment: {conda_file: a.yml}}
    search_space: {a: {type: choice, values: [1]}}
    sampling_algorithm: grid
    objective: {goal: minimize, primary_metric: loss}
    limits: {max_total_trials: 1}
  batch:
    type: parallel
    inputs: {d: {type: uri_folder, path: ./d}}
    input_data: \${{inputs.d}}
    mini_batch_size: '1'
    task: {type: run_function, code: ., entry_script: a.py, environment: {conda_file: b.yml}}
`);
    expect(localCondaFiles(job)).toEqual(['a.yml', 'b.yml']);
  });

  it.each([
    ['{}', "an environment needs 'conda_file', 'image' or 'build'"],
    ['{image: a, colour: b}', "has no key 'colour'"],
    ['{build: {path: ./docker}}', "write what it installs as a 'conda_file'"],
    ['{conda_file: "azureml:conda:1"}', 'is not a local path'],
    ['{image: a, name: mine}', 'has none of its own'],
    [
      'azureml://registries/azureml/environments/sklearn-1.5/labels/latest',
      "write what the step needs instead, such as 'environment: {conda_file:",
    ],
  ])('%s is told with what to do', (environment, message) => {
    const { diagnostics } = parseJob(pipeline(environment), { fileName: 'job.yml' });
    expect(messages(diagnostics).join('\n')).toContain(message);
  });
});

it.each([
  '{"inlineEnvironment":',
  '{"inlineEnvironment":{"condaFile":{"kind":"file","path":"x"}}}',
])('a text that looks like one, %s, is a mistake and no more', (environment) => {
  const text = JSON.stringify({ name: 'a', type: 'command', command: 'x', environment });
  const { component, diagnostics } = parseComponent(text, { fileName: 'a.yml' });
  expect(component).toBeNull();
  expect(messages(diagnostics).join()).toContain('ASSET_REFERENCE_INVALID');
});

it('a component says which conda files of its author it needs', () => {
  const text = 'name: a\ntype: command\ncommand: x\nenvironment: {conda_file: ./conda.yml}';
  const { component } = parseComponent(text, { fileName: 'a.yml' });
  expect(component?.condaFiles).toEqual(['./conda.yml']);
});
