import { describe, expect, it } from 'vitest';
import { assignInputs, type CommandStep, localPaths, parseJob } from '../index.ts';
import { componentsOf, goodPipeline, messages, stepOf } from '../testing.fixture.ts';

const train = `
type: command
name: train
version: 1
inputs:
  data: {type: uri_folder}
  alpha: {type: number, default: 0.5, min: 0, max: 1}
  note: {type: string, optional: true}
outputs:
  model: {type: mlflow_model}
code: ./src
environment: azureml:ridgeline-node@latest
environment_variables: {A: 1, B: 2}
is_deterministic: false
limits: {timeout: 60}
command: train \${{inputs.data}} \${{inputs.alpha}} $[[--note \${{inputs.note}}]] \${{outputs.model}}
`;

const job = (component: string, rest = '') => `
type: pipeline
jobs:
  step:
    component: ${component}
    inputs: {data: ./data}
${rest}`;

const step = (text: string, components: Record<string, string>): CommandStep =>
  stepOf(goodPipeline(text, componentsOf(components)).steps, 'step', 'command');

describe('a component from a file', () => {
  it('gives its step what it runs, its ports and its defaults', () => {
    const found = step(job('./train.yml'), { './train.yml': train });
    expect(found).toMatchObject({
      type: 'command',
      code: './src',
      environment: 'azureml:ridgeline-node@latest',
      isDeterministic: false,
      timeoutSeconds: 60,
    });
    expect(found.command).toContain('$[[--note');
    expect(found.inputs.get('data')).toMatchObject({ kind: 'data', path: './data' });
    expect(found.inputs.get('alpha')).toMatchObject({ kind: 'literal', value: 0.5 });
    expect(found.inputs.has('note')).toBe(false);
    expect(found.outputs.get('model')).toMatchObject({ type: 'mlflow_model', parentOutput: null });
  });

  it('is overridden by its step', () => {
    const own = `    environment: azureml:other:2
    environment_variables: {B: 3}
    limits: {timeout: 5}
    outputs: {model: {mode: upload}}`;
    const found = step(job('train.yml', own), { './train.yml': train });
    expect(found).toMatchObject({ environment: 'azureml:other:2', timeoutSeconds: 5 });
    expect([...found.environmentVariables]).toEqual([
      ['A', '1'],
      ['B', '3'],
    ]);
    expect(found.outputs.get('model')).toMatchObject({ type: 'mlflow_model', mode: 'upload' });
  });

  it.each([
    ['./train.yml', './train.yml'],
    ['train.yml', './train.yml'],
    ['file:train.yml', './train.yml'],
    ['file:./a/../train.yml', './train.yml'],
    ['../up/train.yml', '../up/train.yml'],
    ['/abs/train.yml', '/abs/train.yml'],
    ['azureml:train:1', 'azureml:train:1'],
    ['azureml:train@latest', 'azureml:train@latest'],
  ])('%s is asked for as %s', (written, reference) => {
    const { missingComponents } = parseJob(job(written), { fileName: 'job.yml' });
    expect(missingComponents).toEqual([reference]);
  });

  it.each([
    ['./train.yml', './src'],
    ['./a/b/train.yml', './a/b/src'],
    ['../up/train.yml', '../up/src'],
    ['/abs/train.yml', '/abs/src'],
    ['azureml:train:1', 'azureml://components/train/versions/1/src'],
  ])('the code of %s is %s', (reference, code) => {
    expect(step(job(reference), { [reference]: train }).code).toBe(code);
  });

  it('names the local data of its inputs from where the job stands', () => {
    const text = train.replace('{type: uri_folder}', '{type: uri_folder, path: ../table}');
    const components = componentsOf({ './a/train.yml': text });
    const pipeline = goodPipeline(
      job('./a/train.yml').replace('    inputs: {data: ./data}\n', ''),
      components,
    );
    expect(localPaths(pipeline)).toEqual({ code: ['./a/src'], data: ['./table'] });
  });

  it('is read once, however often it is used', () => {
    const asked: string[] = [];
    const components = {
      get: (reference: string) => {
        asked.push(reference);
        return { text: train, fileName: 'train.yml', codeBase: '.' };
      },
    };
    const steps = Array.from(
      { length: 50 },
      (_, index) => `  s${index}: {component: ./train.yml, inputs: {data: ./data}}`,
    );
    goodPipeline(`type: pipeline\njobs:\n${steps.join('\n')}`, components);
    expect(asked).toEqual(['./train.yml']);
  });

  it('says its mistakes in its own file, after those of the job, and once', () => {
    const mistaken = train.replace('min: 0', 'mni: 0');
    const text = `type: pipeline\njobs:\n  a: {component: t.yml, inputs: {data: ./d}, typ: x}\n  b: {component: t.yml, inputs: {data: ./d}}`;
    const { job: parsed, diagnostics } = parseJob(text, {
      fileName: 'job.yml',
      components: componentsOf({ './t.yml': mistaken }),
    });
    expect(parsed).toBeNull();
    expect(messages(diagnostics)).toEqual([
      "job.yml:3:46: error KEY_UNKNOWN: a command step has no key 'typ'; did you mean 'type'?",
      "./t.yml:7:39: error KEY_UNKNOWN: an input of type number has no key 'mni'; did you mean 'min'?",
    ]);
  });

  it('is told where it is missing, for the caller to hand it over', () => {
    const text = 'type: pipeline\njobs:\n  a: {component: ./a.yml}\n  b: {component: azureml:b:2}';
    const { job: parsed, missingComponents, diagnostics } = parseJob(text, { fileName: 'job.yml' });
    expect(parsed).toBeNull();
    expect(missingComponents).toEqual(['./a.yml', 'azureml:b:2']);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['COMPONENT_NOT_FOUND', 3],
      ['COMPONENT_NOT_FOUND', 4],
    ]);
  });
});

describe('the limits of a component', () => {
  const limited = `inputs:
  n: {type: integer, min: 1, max: 9}
  kind: {type: string, enum: [a, b, c]}
command: run \${{inputs.n}} \${{inputs.kind}}`;
  const pipe = `type: pipeline
inputs: {n: {type: number, max: 5}, kind: {type: string, enum: [b, c, d]}}
jobs: {run: {component: run.yml, inputs: {n: "\${{parent.inputs.n}}", kind: "\${{parent.inputs.kind}}"}}}`;
  const text = `type: pipeline
inputs: {n: 2, kind: b, free: 0.5}
jobs: {pipe: {component: pipe.yml, inputs: {n: "\${{parent.inputs.n}}", kind: "\${{parent.inputs.kind}}"}}}`;
  const pipeline = goodPipeline(text, componentsOf({ './run.yml': limited, './pipe.yml': pipe }));

  it.each([
    [{ n: 5, kind: 'c', free: 7 }, []],
    [
      { n: 0.5 },
      ["input 'n' is of type integer, and '0.5' does not fit; give it a whole number such as 3"],
    ],
    [{ n: 6 }, ["input 'n' takes 1 to 5, and '6' was given; give it another"]],
    [{ n: 0 }, ["input 'n' takes 1 to 5, and '0' was given; give it another"]],
    [{ kind: 'a' }, ["input 'kind' takes one of 'b', 'c', and 'a' was given; give it another"]],
  ])('are those of the inputs that are bound to it: %j', (values, expected) => {
    const { diagnostics } = assignInputs(pipeline, values as Record<string, string | number>);
    expect(diagnostics.map(({ message }) => message)).toEqual(expected);
  });
});

describe('components in components', () => {
  it('may stand in a step themselves, in one another', () => {
    const text = `type: pipeline
jobs:
  outer:
    type: pipeline
    component:
      type: pipeline
      inputs: {x: {type: integer, default: 3}}
      outputs: {y: {type: uri_file}}
      jobs:
        inner:
          component: {command: "run \${{inputs.x}} \${{outputs.y}}", inputs: {x: {type: integer}}, outputs: {y: {type: uri_file}}, code: src}
          inputs: {x: "\${{parent.inputs.x}}"}
          outputs: {y: "\${{parent.outputs.y}}"}
  after:
    command: use \${{inputs.y}}
    inputs: {y: {type: uri_file, path: "\${{parent.jobs.outer.outputs.y}}"}}`;
    const { steps } = goodPipeline(text);
    const inner = stepOf(steps, 'outer.inner', 'command');
    expect(inner.code).toBe('src');
    expect(inner.inputs.get('x')).toMatchObject({ kind: 'literal', value: 3 });
    expect(steps.get('after')?.dependsOn).toEqual(['outer.inner']);
  });

  it('of a registered one are asked for below it', () => {
    const pipe = 'type: pipeline\njobs: {inner: {component: ./parts/inner.yml}}';
    const { missingComponents } = parseJob(job('azureml:pipe:3').replace(/ {4}inputs.*\n/, ''), {
      fileName: 'job.yml',
      components: componentsOf({ 'azureml:pipe:3': pipe }),
    });
    expect(missingComponents).toEqual(['azureml://components/pipe/versions/3/parts/inner.yml']);
  });

  it('cannot hold themselves, by whatever way', () => {
    const { diagnostics } = parseJob('type: pipeline\njobs: {a: {component: a.yml}}', {
      fileName: 'job.yml',
      components: componentsOf({
        './a.yml': 'type: pipeline\njobs: {b: {component: x/b.yml}}',
        './x/b.yml': 'type: pipeline\njobs: {c: {component: ../a.yml}}',
      }),
    });
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['COMPONENT_NESTED', './x/b.yml'],
    ]);
  });

  it('stand at most 16 deep', () => {
    const chain = (depth: number) =>
      Object.fromEntries(
        Array.from({ length: depth }, (_, index) => [
          `./c${index}.yml`,
          index === depth - 1
            ? 'command: echo'
            : `type: pipeline\njobs: {a: {component: c${index + 1}.yml}}`,
        ]),
      );
    const text = 'type: pipeline\njobs: {a: {component: c0.yml}}';
    expect(goodPipeline(text, componentsOf(chain(16))).steps.size).toBe(1);
    const { diagnostics } = parseJob(text, {
      fileName: 'job.yml',
      components: componentsOf(chain(17)),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['COMPONENT_NESTED']);
  });

  it('make at most 10,000 steps, said once, before any is made', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        `./c${index}.yml`,
        `type: pipeline\njobs: {a: {component: c${index + 1}.yml}, b: {component: c${index + 1}.yml}}`,
      ]),
    );
    const { diagnostics } = parseJob('type: pipeline\njobs: {a: {component: c0.yml}}', {
      fileName: 'job.yml',
      components: componentsOf({ ...doubling, './c15.yml': 'command: echo' }),
    });
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['PIPELINE_TOO_LARGE', './c1.yml'],
    ]);
  });
});
