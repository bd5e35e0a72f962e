// The compile pass with what follows it: row 14.33, and pipelines as projects have them.

import { describe, expect, it } from 'vitest';
import { compilePipeline } from '../compile.ts';
import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import type { Files } from './compile.fixture.ts';
import { sourceOf } from './template-source.ts';

async function pipelineOf(files: Files) {
  const source = sourceOf(files);
  const { pipeline, diagnostics } = await compilePipeline({ file: 'main.yml', source });
  expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  if (pipeline === undefined) throw new Error('no pipeline');
  return pipeline;
}

describe('a compiled pipeline', () => {
  it('row 14.33: lacks the steps that are not enabled, whatever said so', async () => {
    const text = `parameters:
- name: test
  type: boolean
  default: false
steps:
- script: a
  enabled: false
- script: b
  enabled: \${{ parameters.test }}
- script: c
  enabled: \${{ not(parameters.test) }}`;
    const { stages } = await pipelineOf({ 'main.yml': text });
    const scripts = stages[0]?.jobs[0]?.steps.map(({ inputs }) => inputs.get('script')?.text);
    expect(scripts?.filter((script) => script !== undefined)).toEqual(['c']);
  });

  it('has steps around those that it hands to a template, job by job and key by key', async () => {
    const pipeline = await pipelineOf({
      'main.yml': `extends:
  template: policy.yml
  parameters:
    stages:
    - stage: build
      jobs:
      - job: linux
        pool: {vmImage: ubuntu-latest}
        templateContext: {scan: true}
        steps:
        - checkout: none
        - script: make
      - deployment: release
        environment: prod
        strategy:
          runOnce:
            deploy:
              steps:
              - bash: ./release.sh
    - stage: check
      dependsOn: [build]
      jobs:
      - template: checks.yml`,
      'checks.yml': 'jobs:\n- job: lint\n  steps:\n  - script: lint',
      'policy.yml': `parameters:
- name: stages
  type: stageList
stages:
- \${{ each stage in parameters.stages }}:
  - \${{ each property in stage }}:
      \${{ if ne(property.key, 'jobs') }}:
        \${{ property.key }}: \${{ property.value }}
    jobs:
    - \${{ each job in stage.jobs }}:
      - \${{ each property in job }}:
          \${{ if notIn(property.key, 'steps', 'templateContext') }}:
            \${{ property.key }}: \${{ property.value }}
        \${{ if job.steps }}:
          steps:
          - \${{ if job.templateContext.scan }}:
            - script: scan
          - \${{ each step in job.steps }}:
            - \${{ if ne(step.task, 'Checkout@1') }}:
              - \${{ step }}`,
    });
    const steps = pipeline.stages.flatMap(({ jobs }) =>
      jobs.map((job) => [job.id, ...job.steps.map(({ inputs }) => inputs.get('script')?.text)]),
    );
    expect(steps).toContainEqual(expect.arrayContaining(['linux', 'scan', 'make']));
    expect(steps).toContainEqual(expect.arrayContaining(['lint', 'lint']));
    expect(pipeline.stages[0]?.jobs[1]).toMatchObject({ kind: 'deployment', id: 'release' });
  });

  it('has the variables, stages and conditions that a training pipeline takes from templates', async () => {
    const pipeline = await pipelineOf({
      'main.yml': `trigger:
  branches: {include: [master]}
  paths: {include: [ml/*, .pipelines/train.yml]}
parameters:
- name: artifactBuildId
  default: latest
resources:
  containers:
  - container: mlops
    image: example.org/mlops:latest
variables:
- template: variables-template.yml
- group: devopsforai-aml-vg
stages:
- stage: Model_CI
  jobs:
  - job: Model_CI_Pipeline
    steps:
    - template: code-quality-template.yml
- stage: Trigger_AML_Pipeline
  condition: and(succeeded(), not(variables['MODEL_BUILD_ID']))
  jobs:
  - job: Get_Pipeline_ID
    steps:
    - \${{ if eq(parameters.artifactBuildId, 'latest') }}:
      - bash: echo latest
    - \${{ if ne(parameters.artifactBuildId, 'latest') }}:
      - bash: echo \${{ parameters.artifactBuildId }}`,
      'variables-template.yml': `variables:
# Names of the model.
- name: MODEL_NAME
  value: diabetes_model.pkl
- name: MODEL_FILE
  value: \${{ variables.MODEL_NAME }}.onnx`,
      'code-quality-template.yml': 'steps:\n- script: npm test\n  displayName: Unit tests',
    });
    const variables = pipeline.variables.map((entry) =>
      entry.kind === 'group' ? entry.group.text : `${entry.name}=${entry.value.text}`,
    );
    expect(variables).toEqual([
      'MODEL_NAME=diabetes_model.pkl',
      'MODEL_FILE=diabetes_model.pkl.onnx',
      'devopsforai-aml-vg',
    ]);
    expect(pipeline.stages.map(({ id, dependsOn }) => [id, ...dependsOn])).toEqual([
      ['Model_CI'],
      ['Trigger_AML_Pipeline', 'Model_CI'],
    ]);
  });
});
