import { describe, expect, it } from 'vitest';
import { localPaths, parseItems, parseJob, topologicalOrder } from '../index.ts';
import {
  componentsOf,
  corpusComponents,
  fixture,
  goodPipeline,
  stepOf,
} from '../testing.fixture.ts';

const job = goodPipeline(fixture('composite-pipeline.yml'), corpusComponents);

describe('a pipeline in a pipeline', () => {
  it('becomes steps of it, named after both', () => {
    const names = ['first.prepare', 'first.train', 'loop', 'each', 'decide', 'yes'];
    expect([...job.steps.keys()]).toEqual([
      ...names,
      'no.prepare',
      'no.train',
      'tune',
      'score',
      'learn',
    ]);
  });

  it('has its inputs bound to what stands outside, and its own defaults', () => {
    const prepare = stepOf(job.steps, 'first.prepare', 'command');
    const train = stepOf(job.steps, 'first.train', 'command');
    expect(prepare.inputs.get('data')).toMatchObject({ kind: 'parentInput', name: 'data' });
    expect(train.inputs.get('table')).toMatchObject({ kind: 'stepOutput', step: 'first.prepare' });
    expect(train.inputs.get('label')).toMatchObject({ kind: 'literal', value: 'first' });
    expect(stepOf(job.steps, 'no.train', 'command').inputs.get('label')).toMatchObject({
      value: 'second',
    });
  });

  it('gives its outputs the place, the asset and the binding that the step says', () => {
    expect(job.steps.get('first.train')?.outputs.get('table')).toMatchObject({
      path: 'azureml://datastores/workspaceblobstore/paths/table',
      register: { name: 'prepared', version: '2' },
      parentOutput: null,
    });
  });

  it('says a compute for those of its steps that name none', () => {
    expect(job.steps.get('first.prepare')?.compute).toBe('small');
    expect(job.steps.get('first.train')?.compute).toBe('large');
    expect(stepOf(job.steps, 'loop', 'do_while').body.get('body.prepare')?.compute).toBe('gpu');
  });

  it('loses an optional input that nobody gives a value', () => {
    const pipe = `type: pipeline
inputs: {n: {type: integer, optional: true}}
jobs:
  a:
    command: a $[[--n \${{inputs.n}}]]
    inputs: {n: "\${{parent.inputs.n}}"}`;
    const components = componentsOf({ './p.yml': pipe });
    const without = goodPipeline('type: pipeline\njobs: {p: {component: p.yml}}', components);
    expect([...(without.steps.get('p.a')?.inputs.keys() ?? [])]).toEqual([]);
    const text = 'type: pipeline\njobs: {p: {component: p.yml, inputs: {n: 3}}}';
    const given = goodPipeline(text, components);
    expect(given.steps.get('p.a')?.inputs.get('n')).toMatchObject({ value: 3 });
  });

  it('has an output only where one of its steps writes it', () => {
    const pipe = 'type: pipeline\noutputs: {o: {type: uri_file}}\njobs: {a: {command: echo}}';
    const text = `type: pipeline
jobs:
  p: {component: p.yml}
  b: {command: "b \${{inputs.o}}", inputs: {o: "\${{parent.jobs.p.outputs.o}}"}}`;
    const components = componentsOf({ './p.yml': pipe });
    const { diagnostics } = parseJob(text, { fileName: 'job.yml', components });
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'OUTPUT_NOT_FOUND',
      'OUTPUT_NOT_PRODUCED',
    ]);
  });
});

describe('do_while', () => {
  const loop = stepOf(job.steps, 'loop', 'do_while');

  it('holds its body, whose steps are no longer the pipeline’s', () => {
    expect([...loop.body.keys()]).toEqual(['body.prepare', 'body.train']);
    expect(loop.maxIterations).toBe(4);
    expect(loop.condition).toEqual({ step: 'body.train', output: 'again' });
    expect(loop.outputsFrom.get('table')).toEqual({ step: 'body.train', output: 'table' });
  });

  it('maps outputs to the inputs of the next turn, of whatever step reads them', () => {
    expect(loop.mapping).toEqual([
      {
        from: { step: 'body.train', output: 'table' },
        to: { step: 'body.prepare', input: 'data' },
      },
    ]);
  });

  it('waits for what its body reads, and its body only for itself', () => {
    expect(loop.dependsOn).toEqual(['first.train']);
    expect(loop.body.get('body.prepare')?.dependsOn).toEqual([]);
    expect(loop.body.get('body.train')?.dependsOn).toEqual(['body.prepare']);
  });

  it('is what others read, by its name or its body’s', () => {
    const one = stepOf(job.steps, 'each', 'parallel_for').body.get('one');
    expect(one?.inputs.get('data')).toMatchObject({ step: 'loop', output: 'table' });
    expect(stepOf(job.steps, 'decide', 'if_else').condition).toMatchObject({
      step: 'loop',
      output: 'again',
    });
  });

  it('leaves its body to read what the same turn writes, though others read it too', () => {
    const pipe = `type: pipeline
outputs: {n: {type: integer}, again: {type: boolean}}
jobs:
  a: {command: "a \${{outputs.n}}", outputs: {n: "\${{parent.outputs.n}}"}}
  b:
    command: b \${{inputs.n}} \${{outputs.again}}
    inputs: {n: "\${{parent.jobs.a.outputs.n}}"}
    outputs: {again: "\${{parent.outputs.again}}"}`;
    const text = `type: pipeline
jobs:
  p: {component: p.yml}
  loop:
    type: do_while
    body: \${{parent.jobs.p}}
    condition: again
    mapping: {}
    limits: {max_iteration_count: 2}
  after: {command: "c \${{inputs.n}}", inputs: {n: "\${{parent.jobs.p.outputs.n}}"}}`;
    const { steps } = goodPipeline(text, componentsOf({ './p.yml': pipe }));
    const inner = stepOf(steps, 'loop', 'do_while').body.get('p.b');
    expect(inner?.inputs.get('n')).toMatchObject({ step: 'p.a', output: 'n' });
    expect(inner?.dependsOn).toEqual(['p.a']);
    expect(steps.get('after')?.inputs.get('n')).toMatchObject({ step: 'loop', output: 'n' });
  });

  it('writes the pipeline output that its body is bound to', () => {
    expect(job.outputs.get('looped')?.producer).toEqual({ step: 'loop', output: 'table' });
    expect(loop.outputs.get('table')?.parentOutput).toBe('looped');
    expect(loop.body.get('body.train')?.outputs.get('table')?.parentOutput).toBeNull();
  });

  it('may go on for as many turns as there may be, with a body of one command', () => {
    const text = `type: pipeline
jobs:
  work:
    command: work \${{inputs.n}} \${{outputs.n}}
    inputs: {n: 1}
    outputs: {n: {type: number, is_control: true}}
  loop:
    type: do_while
    body: \${{parent.jobs.work}}
    condition: true
    mapping: {n: [n]}
    limits: {max_iteration_count: 2}`;
    const found = stepOf(goodPipeline(text).steps, 'loop', 'do_while');
    expect(found.condition).toBeNull();
    expect(found.mapping).toEqual([
      { from: { step: 'work', output: 'n' }, to: { step: 'work', input: 'n' } },
    ]);
    expect(found.outputs.get('n')).toMatchObject({ type: 'number', isControl: true });
  });
});

describe('parallel_for', () => {
  const each = stepOf(job.steps, 'each', 'parallel_for');

  it('gives its body the values of one item', () => {
    expect(each.items).toEqual({ kind: 'list', list: [{ rows: 10 }, { rows: 20 }] });
    expect(each.maxConcurrency).toBe(2);
    const one = stepOf(each.body, 'one', 'command');
    expect(one.inputs.get('rows')).toEqual({ kind: 'item', name: 'rows', mode: null });
    expect(one.inputs.get('mode')).toMatchObject({ kind: 'literal', value: 'fast' });
    expect(one).toMatchObject({
      priority: 'high',
      retry: { maxRetries: 3, backoffSeconds: 5 },
      isDeterministic: false,
    });
  });

  it('has outputs of all turns: folders, and lists as text', () => {
    expect(each.outputs.get('table')?.type).toBe('uri_folder');
    expect(stepOf(job.steps, 'yes', 'command').dependsOn).toEqual(['each', 'decide']);
  });

  const over = (items: string, inputs = '{}') => `type: pipeline
inputs: {list: "[]"}
jobs:
  body:
    command: echo \${{inputs.x}} \${{inputs.y}} > \${{outputs.n}}
    inputs: ${inputs}
    outputs: {n: {type: integer}}
  each:
    type: parallel_for
    body: \${{parent.jobs.body}}
    items: ${items}`;

  it.each([
    [`'[{"x": 1, "y": 2}, {"x": 3, "y": 4}]'`],
    ['[{x: 1, y: 2}, {x: 3, y: 4}]'],
    ['{first: {x: 1, y: 2}, second: {x: 3, y: 4}}'],
  ])('goes over %s', (items) => {
    const found = stepOf(goodPipeline(over(items)).steps, 'each', 'parallel_for');
    expect(found.items).toEqual({
      kind: 'list',
      list: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    });
    expect(found.outputs.get('n')?.type).toBe('string');
  });

  it('goes over items that are not there yet, for whatever has no value', () => {
    const text = over(`\${{parent.inputs.list}}`, '{y: 7}');
    const found = stepOf(goodPipeline(text).steps, 'each', 'parallel_for');
    expect(found.items).toEqual({ kind: 'parentInput', name: 'list', mode: null });
    const inputs = found.body.get('body')?.inputs;
    expect(inputs?.get('x')).toMatchObject({ kind: 'item' });
    expect(inputs?.get('y')).toMatchObject({ kind: 'literal', value: 7 });
  });

  it('of which a component takes those that it has no value for', () => {
    const component = `inputs: {x: {type: integer}, y: {type: integer, default: 2}}
command: run \${{inputs.x}} \${{inputs.y}}`;
    const text = `type: pipeline
inputs: {list: "[]"}
jobs:
  body: {component: c.yml}
  each: {type: parallel_for, body: "\${{parent.jobs.body}}", items: "\${{parent.inputs.list}}"}`;
    const { steps } = goodPipeline(text, componentsOf({ './c.yml': component }));
    const inputs = stepOf(steps, 'each', 'parallel_for').body.get('body')?.inputs;
    expect(inputs?.get('x')).toMatchObject({ kind: 'item', name: 'x' });
    expect(inputs?.get('y')).toMatchObject({ kind: 'literal', value: 2 });
  });

  it('reads items as text, and refuses what is none', () => {
    expect(parseItems('{"a": {"x": true}}')).toEqual([{ x: true }]);
    for (const text of ['', '3', '[1]', '[{"x": null}]', '[{"x": [1]}]', '[[]]']) {
      expect(() => parseItems(text)).toThrow(/the items of a parallel_for cannot be read/);
    }
    const many = JSON.stringify(Array.from({ length: 1001 }, () => ({})));
    expect(() => parseItems(many)).toThrow('at most 1000');
  });
});

describe('if_else', () => {
  it('leaves its condition on all steps of its branches', () => {
    const decide = stepOf(job.steps, 'decide', 'if_else');
    expect(decide.inputs.get('condition')).toBe(decide.condition);
    expect(job.steps.get('yes')?.when).toEqual({ step: 'decide', equals: true });
    expect(job.steps.get('no.prepare')?.when).toEqual({ step: 'decide', equals: false });
    expect(job.steps.get('no.train')?.when).toEqual({ step: 'decide', equals: false });
    expect(job.steps.get('no.train')?.dependsOn).toEqual(['no.prepare', 'decide']);
  });

  it('comes before its branches, and after what it looks at', () => {
    const order = topologicalOrder(job);
    const places = ['loop', 'decide', 'no.prepare', 'no.train'].map((name) => order.indexOf(name));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('may look at a plain value, and stand in the branch of another', () => {
    const text = `type: pipeline
inputs: {go: true}
jobs:
  a: {type: if_else, condition: true, true_block: "\${{parent.jobs.b}}"}
  b: {type: if_else, condition: "\${{parent.inputs.go}}", false_block: "\${{parent.jobs.c}}"}
  c: {command: echo}`;
    const { steps } = goodPipeline(text);
    expect(stepOf(steps, 'a', 'if_else').condition).toMatchObject({ kind: 'literal', value: true });
    expect(steps.get('b')).toMatchObject({ when: { step: 'a', equals: true }, dependsOn: ['a'] });
    expect(steps.get('c')).toMatchObject({ when: { step: 'b', equals: false }, dependsOn: ['b'] });
  });

  it('of a pipeline component keeps its own condition where it stands in a branch', () => {
    const pipe = `type: pipeline
jobs:
  inner: {type: if_else, condition: false, true_block: "\${{parent.jobs.x}}"}
  x: {command: echo}`;
    const text = `type: pipeline
jobs:
  outer: {type: if_else, condition: true, true_block: "\${{parent.jobs.p}}"}
  p: {component: p.yml}`;
    const { steps } = goodPipeline(text, componentsOf({ './p.yml': pipe }));
    expect(steps.get('p.inner')?.when).toEqual({ step: 'outer', equals: true });
    expect(steps.get('p.x')?.when).toEqual({ step: 'p.inner', equals: true });
  });
});

it('the code and data of all of it are found, in loops too', () => {
  expect(localPaths(job)).toEqual({
    code: ['./components/src', './code', './score'],
    data: ['./data', './model'],
  });
});

it('what only the body of a loop names is found too', () => {
  const text = `type: pipeline
jobs:
  body: {command: "run \${{inputs.d}} \${{inputs.x}}", code: ./only, inputs: {d: {path: ./there}}}
  each: {type: parallel_for, body: "\${{parent.jobs.body}}", items: [{x: 1}]}`;
  expect(localPaths(goodPipeline(text))).toEqual({ code: ['./only'], data: ['./there'] });
});
