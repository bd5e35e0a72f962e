// The commands of steps that programs of ours carry out.
import { type AutoMLStep, renderCommand } from '@ridgeline/azureml-yaml';
import { expect, test } from 'vitest';
import { autoMLCommand } from './automl-command.ts';
import { definitionVariable, programCommand } from './program-command.ts';

const port = { type: 'uri_file', mode: null, path: null, register: null } as const;
const output = { ...port, isControl: false, parentOutput: null } as const;
const bound = { kind: 'parentInput', name: 'x', mode: null } as const;

const step = {
  type: 'automl',
  name: 'learn',
  displayName: null,
  description: null,
  tags: new Map(),
  properties: new Map(),
  compute: null,
  priority: 'medium',
  retry: { maxRetries: 0, backoffSeconds: 10 },
  isDeterministic: true,
  instanceCount: 1,
  environmentVariables: new Map([['LEVEL', 'high']]),
  inputs: new Map([
    ['rows', bound],
    ['more', bound],
  ]),
  outputs: new Map([['best_model', output]]),
  dependsOn: [],
  when: null,
  task: 'regression',
  primaryMetric: 'r2_score',
  targetColumn: 'Y',
  trainingData: 'rows',
  validationData: 'more',
  limits: { timeoutMinutes: 1.5 },
  featurization: { columnNameAndTypes: new Map([['AGE', 'Numeric']]) },
} as unknown as AutoMLStep;

test('a program is told of its inputs and outputs; of those without a value it is told nothing', () => {
  const { command } = programCommand(step, 'program', {
    code: null,
    environment: null,
    timeoutSeconds: null,
    definition: {},
    programArguments: '--rows ${{inputs.rows}}',
  });
  const inputs = new Map([['rows', "it's in/rows"]]);
  const outputs = new Map([['best_model', '/out']]);
  const rendered = renderCommand(command, { inputs, outputs });
  expect(rendered.replace(/ +/g, ' ')).toMatch(
    /^program --input rows=\S*it.*in\/rows\S* --output best_model=\S*\/out\S* -- --rows \S*it/,
  );
  expect(rendered).not.toContain('more');
});

test('the program of an automl step gets its definition as a JSON file, and time to end by itself', () => {
  const { command, environmentVariables, timeoutSeconds } = autoMLCommand(step);
  expect(command).toContain(
    '> ridgeline-step.json && exec ridgeline-automl --definition ridgeline-step.json',
  );
  expect(timeoutSeconds).toBe(90 + 600);
  expect(environmentVariables.get('LEVEL')).toBe('high');
  expect(JSON.parse(environmentVariables.get(definitionVariable) ?? '')).toMatchObject({
    task: 'regression',
    targetColumn: 'Y',
    trainingData: 'rows',
    featurization: { columnNameAndTypes: { AGE: 'Numeric' } },
  });
});
