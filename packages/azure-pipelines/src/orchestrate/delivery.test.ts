// Pipelines as teams write them, from their YAML to the end of their run.

import { describe, expect, test } from 'vitest';
import { compilePipeline } from '../compile.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { sourceOf } from '../template/template-source.ts';
import { drive, type Endings, variableOf } from './drive.fixture.ts';
import { plan } from './plan.ts';
import type { GivenVariables } from './run-facts.ts';
import { factsOf } from './testing.fixture.ts';

async function compile(yaml: string): Promise<Pipeline> {
  const file = 'azure-pipelines.yml';
  const { pipeline, diagnostics } = await compilePipeline({
    file,
    source: sourceOf({ [file]: yaml }),
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (pipeline === undefined) throw new Error('it does not compile');
  return pipeline;
}

const given = (values: Readonly<Record<string, string>>): GivenVariables =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value }]));

const withGroup = (values: Readonly<Record<string, string>>) =>
  factsOf({ groups: new Map([['devopsforai-aml-vg', given(values)]]) });

describe('train and register', () => {
  const yaml = `
variables:
- group: devopsforai-aml-vg
stages:
- stage: Model_CI
  jobs:
  - job: Model_CI_Pipeline
    steps: [{ script: echo publish }]
- stage: Trigger_AML_Pipeline
  condition: succeeded()
  jobs:
  - job: Get_Pipeline_ID
    condition: and(succeeded(), eq(coalesce(variables['auto-trigger-training'], 'true'), 'true'))
    steps:
    - bash: echo "##vso[task.setvariable variable=AMLPIPELINEID;isOutput=true]x"
      name: getpipelineid
  - job: Run_ML_Pipeline
    dependsOn: Get_Pipeline_ID
    pool: server
    variables:
      AMLPIPELINE_ID: $[ dependencies.Get_Pipeline_ID.outputs['getpipelineid.AMLPIPELINEID'] ]
    steps:
    - task: Delay@1
      inputs: { delayForMinutes: 1 }
  - job: Training_Run_Report
    dependsOn: Run_ML_Pipeline
    condition: always()
    steps: [{ script: exit 1 }]
`;
  const outputs = { 'getpipelineid.AMLPIPELINEID': 'abc' };
  const endings: Endings = { 'Trigger_AML_Pipeline.Get_Pipeline_ID': { outputs } };

  test('the server job gets the id of the published pipeline, and holds no agent', async () => {
    const run = drive(await compile(yaml), endings, withGroup({}));
    const id = 'Trigger_AML_Pipeline.Run_ML_Pipeline';
    expect(variableOf(run, id, 'AMLPIPELINE_ID')).toBe('abc');
    expect(run.jobs.find(({ identifier }) => identifier === id)?.holdsAgent).toBe(false);
    expect(run.result).toBe('succeeded');
  });

  test('without training the report still runs', async () => {
    const facts = withGroup({ 'auto-trigger-training': 'false' });
    const run = drive(await compile(yaml), {}, facts);
    expect(run.results.get('Trigger_AML_Pipeline.Get_Pipeline_ID')).toBe('skipped');
    expect(run.results.get('Trigger_AML_Pipeline.Run_ML_Pipeline')).toBe('skipped');
    expect(run.results.get('Trigger_AML_Pipeline.Training_Run_Report')).toBe('succeeded');
  });

  test('nothing is trained when the quality checks fail', async () => {
    const run = drive(
      await compile(yaml),
      { 'Model_CI.Model_CI_Pipeline': 'failed' },
      withGroup({}),
    );
    expect(run.results.get('Trigger_AML_Pipeline')).toBe('skipped');
    expect(run.result).toBe('failed');
  });
});

describe('release to targets that are configured', () => {
  const yaml = `
variables:
- group: devopsforai-aml-vg
stages:
- stage: Deploy_ACI
  condition: variables['ACI_DEPLOYMENT_NAME']
  jobs: [{ job: A, steps: [{ script: echo }] }]
- stage: Deploy_AKS
  dependsOn: Deploy_ACI
  condition: and(succeeded(), variables['AKS_DEPLOYMENT_NAME'])
  jobs: [{ job: A, steps: [{ script: echo }] }]
- stage: Deploy_Webapp
  condition: variables['WEBAPP_DEPLOYMENT_NAME']
  jobs: [{ job: A, steps: [{ script: echo }] }]
`;
  test.each([
    [{ ACI_DEPLOYMENT_NAME: 'a', AKS_DEPLOYMENT_NAME: 'b' }, ['runs', 'runs', 'skipped']],
    [{ AKS_DEPLOYMENT_NAME: 'b' }, ['skipped', 'skipped', 'skipped']],
    [{ WEBAPP_DEPLOYMENT_NAME: 'c' }, ['skipped', 'skipped', 'runs']],
  ])('%o: %o', async (variables, outlooks) => {
    const pipeline = await compile(yaml);
    const facts = withGroup(variables);
    expect(plan(pipeline, facts).map(({ outlook }) => outlook)).toEqual(outlooks);
    const { results } = drive(pipeline, {}, facts);
    const ran = [...results].filter(([name]) => !name.includes('.')).map(([, result]) => result);
    expect(ran.map((result) => (result === 'succeeded' ? 'runs' : result))).toEqual(outlooks);
  });
});

test('a canary release is rolled back when it fails, and completed when it does not', async () => {
  const stage = (id: string, more: string) =>
    `- stage: ${id}\n  ${more}\n  jobs: [{ job: A, steps: [{ script: echo }] }]\n`;
  const yaml = `stages:
${stage('Building', 'variables: {}')}${stage('Blue_Staging', 'variables: {}')}${stage('Blue_50', 'variables: {}')}${stage('Blue_100', 'variables: {}')}${stage('Rollback', 'dependsOn: [Blue_100]\n  condition: failed()')}${stage('Set_Production_Tag', 'dependsOn: [Blue_100]\n  condition: succeeded()')}${stage('Disable_blue', 'dependsOn: [Rollback, Set_Production_Tag]\n  condition: always()')}`;
  const pipeline = await compile(yaml);
  const good = drive(pipeline).results;
  expect([good.get('Rollback'), good.get('Set_Production_Tag')]).toEqual(['skipped', 'succeeded']);
  const bad = drive(pipeline, { 'Blue_100.A': 'failed' }).results;
  expect([bad.get('Rollback'), bad.get('Set_Production_Tag')]).toEqual(['succeeded', 'skipped']);
  expect(bad.get('Disable_blue')).toBe('succeeded');
});

test('rows 15.40 and 15.41: what templates made of a condition and of dependsOn', async () => {
  const pipeline = await compile(`
parameters:
- name: run
  type: boolean
  default: false
jobs:
- job: A
  condition: \${{ parameters.run }}
  steps: [{ script: echo }]
- job: B
  dependsOn:
  - \${{ if parameters.run }}:
    - A
  steps: [{ script: echo }]
`);
  const run = drive(pipeline);
  expect(run.results.get('__default.A')).toBe('skipped');
  expect(run.results.get('__default.B')).toBe('succeeded');
});
