import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type CompiledPipeline, compilePipeline } from './compile.ts';
import { formatDiagnostic, formatPlace } from './diagnostic/diagnostic.ts';
import type { TaskCatalogue } from './pipeline/check/check-tasks.ts';
import type { Pipeline, Stage } from './pipeline/pipeline.ts';
import { inputsOf, pipelineOf, withoutOrigins } from './pipeline/testing.fixture.ts';
import { builtInRegistry } from './task/built-in-tasks.ts';
import { sourceOf, type TemplateSource } from './template/template-source.ts';

const pipelines = ['ci', 'cd', 'batch-scoring', 'canary', 'pull-request'];
const testdata = new URL('../testdata/model-delivery/', import.meta.url);
const folder: TemplateSource = {
  read: (_repository, path) => readFile(new URL(path, testdata), 'utf8').catch(() => undefined),
};

async function compileFiles(
  files: Readonly<Record<string, string>>,
  tasks?: TaskCatalogue,
): Promise<CompiledPipeline> {
  const input = { file: 'azure-pipelines.yml', source: sourceOf(files) };
  return compilePipeline(tasks === undefined ? input : { ...input, tasks });
}

async function mistakesOf(files: Readonly<Record<string, string>>, tasks?: TaskCatalogue) {
  const { diagnostics } = await compileFiles(files, tasks);
  return diagnostics.map(formatDiagnostic);
}

async function delivery(name: string, parameters = {}): Promise<CompiledPipeline> {
  return compilePipeline({ file: `.pipelines/${name}.yml`, source: folder, parameters });
}

function needed(pipeline: Pipeline | undefined): Pipeline {
  if (pipeline === undefined) throw new Error('there is no pipeline');
  return pipeline;
}

function graphOf({ id, dependsOn, jobs }: Stage) {
  return [id, dependsOn, jobs.map((job) => [job.id, job.kind, job.dependsOn])];
}

describe('the pipelines of a model', () => {
  it.each(pipelines)('%s compiles without a word', async (name) => {
    const { diagnostics, finalYaml } = await delivery(name);
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
    const final = new URL(`final/${name}.yml`, testdata);
    await expect(finalYaml).toMatchFileSnapshot(final.pathname);
  });

  it.each(pipelines)('%s is the same when read again', async (name) => {
    const { pipeline, finalYaml, sourceMap } = await delivery(name);
    expect(withoutOrigins(pipelineOf(finalYaml ?? ''))).toEqual(withoutOrigins(pipeline));
    expect(sourceMap).toHaveLength((finalYaml ?? '').split('\n').length - 1);
  });

  it.each(pipelines)('%s uses only tasks that are known', async (name) => {
    const input = { file: `.pipelines/${name}.yml`, source: folder, tasks: builtInRegistry() };
    const { diagnostics } = await compilePipeline(input);
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  });

  it('C2 to C6: builds, then trains without an agent, then reports', async () => {
    const { stages } = needed((await delivery('ci')).pipeline);
    expect(stages.map(graphOf)).toEqual([
      ['Model_CI', [], [['Model_CI_Pipeline', 'job', []]]],
      [
        'Trigger_AML_Pipeline',
        ['Model_CI'],
        [
          ['Get_Pipeline_ID', 'job', []],
          ['Run_ML_Pipeline', 'server', ['Get_Pipeline_ID']],
          ['Training_Run_Report', 'job', ['Run_ML_Pipeline']],
        ],
      ],
    ]);
    const container = stages[0]?.jobs[0]?.container;
    expect(container).toMatchObject({ alias: 'mlops', image: { text: /mlops\/python/ } });
  });

  it('D5 and D6: releases to one target after another', async () => {
    const { stages, pr, trigger, resources } = needed((await delivery('cd')).pipeline);
    expect(stages.map(graphOf)).toEqual([
      ['Deploy_ACI', [], [['Deploy_ACI', 'job', []]]],
      ['Deploy_AKS', ['Deploy_ACI'], [['Deploy_AKS', 'deployment', []]]],
      ['Deploy_Webapp', ['Deploy_AKS'], [['Deploy_Webapp', 'job', []]]],
    ]);
    expect([pr?.enabled, trigger?.enabled]).toEqual([false, false]);
    expect(resources.pipelines).toMatchObject([
      {
        source: { text: 'Model-Train-Register-CI' },
        trigger: { branches: { include: ['master'] } },
      },
    ]);
  });

  it.each([
    ['latest', { buildVersionToDownload: 'latestFromBranch', runBranch: 'refs/heads/master' }],
    ['42', { buildVersionToDownload: 'specific', runId: '42' }],
  ])('D2: takes the model of build %s', async (artifactBuildId, inputs) => {
    const { pipeline } = await delivery('cd', { artifactBuildId });
    const [, download] = needed(pipeline).stages[0]?.jobs[0]?.steps ?? [];
    expect(inputsOf(download)).toMatchObject(inputs);
    expect(inputsOf(download)).not.toHaveProperty(artifactBuildId === '42' ? 'runBranch' : 'runId');
  });

  it('B2: hands outputs of one job to a job without an agent', async () => {
    const { stages } = needed((await delivery('batch-scoring')).pipeline);
    const job = stages[0]?.jobs[1];
    expect(job).toMatchObject({ kind: 'server', timeoutInMinutes: { text: '240' } });
    expect(job?.variables.map((entry) => entry.kind === 'value' && entry.name)).toEqual([
      'pipeline_id',
      'model_name',
      'model_version',
    ]);
  });

  it('K2: gives blue half, then all, and goes back or on', async () => {
    const { stages } = needed((await delivery('canary')).pipeline);
    expect(stages.map(({ id, dependsOn, condition }) => [id, dependsOn, condition?.text])).toEqual([
      ['Building', [], undefined],
      ['Blue_Staging', ['Building'], undefined],
      ['Blue_50', ['Blue_Staging'], undefined],
      ['Blue_100', ['Blue_50'], undefined],
      ['Rollback', ['Blue_100'], 'failed()'],
      ['Set_Production_Tag', ['Blue_100'], 'succeeded()'],
      ['Green_100', ['Set_Production_Tag'], undefined],
      ['Disable_Blue', ['Green_100'], 'always()'],
    ]);
    const staging = stages[1]?.jobs[0]?.deployment?.hooks.deploy;
    expect(inputsOf(staging?.steps[0])).toMatchObject({ source: 'current' });
  });

  it('Q1: runs code quality alone for pull requests to master', async () => {
    const { pr, trigger, stages } = needed((await delivery('pull-request')).pipeline);
    expect(trigger?.enabled).toBe(false);
    expect(pr?.branches.include).toEqual(['master']);
    expect(stages.map(graphOf)).toEqual([['__default', [], [['__default', 'job', []]]]]);
  });

  it('tells of each line the template that it came from', async () => {
    const { finalYaml, sourceMap } = await delivery('ci');
    const line = (finalYaml ?? '').split('\n').findIndex((text) => text.includes('Run lint tests'));
    const origin = sourceMap?.[line];
    expect(origin && formatPlace(origin)).toBe('.pipelines/code-quality.yml:4:16');
    expect(origin?.via && formatPlace(origin.via)).toBe('.pipelines/ci.yml:35:7');
  });
});

describe('compiling', () => {
  const wrapped = {
    'azure-pipelines.yml':
      'extends:\n  template: policy.yml\n  parameters:\n    steps:\n    - script: echo\n      displayName: Say\n    jobs:\n    - job: own\n      variables: { a: b }\n      steps: [{ bash: x }]\n',
    'policy.yml':
      "parameters:\n- { name: steps, type: stepList }\n- { name: jobs, type: jobList }\njobs:\n- job: guarded\n  variables:\n    kinds: ${{ join(',', parameters.steps.*.task) }}\n  steps:\n  - ${{ each step in parameters.steps }}:\n    - ${{ if ne(step.task, 'CmdLine@3') }}:\n      - ${{ step }}\n- ${{ each job in parameters.jobs }}:\n  - job: ${{ job.job }}_checked\n    variables: ${{ job.variables }}\n    steps: ${{ job.steps }}\n",
  };

  it('row 14.7: shows templates the tasks of steps, not their shortcuts', async () => {
    const { pipeline, diagnostics } = await compileFiles(wrapped);
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
    const [guarded, checked] = needed(pipeline).stages[0]?.jobs ?? [];
    expect(guarded?.variables).toMatchObject([{ name: 'kinds', value: { text: 'CmdLine@2' } }]);
    expect(guarded?.steps[1]).toMatchObject({ displayName: { text: 'Say' } });
    expect(checked?.variables).toMatchObject([{ name: 'a', value: { text: 'b' } }]);
    expect(checked?.steps[1]?.task.name).toBe('Bash');
  });

  it('row 15.36: finds the jobs that a loop has made', async () => {
    const { pipeline } = await compileFiles({
      'azure-pipelines.yml':
        'parameters:\n- { name: envs, type: object, default: [dev, prd] }\njobs:\n- ${{ each e in parameters.envs }}:\n  - job: j_${{ e }}\n- job: all\n  dependsOn:\n  - ${{ each e in parameters.envs }}:\n    - j_${{ e }}\n',
    });
    expect(needed(pipeline).stages.map(graphOf)).toEqual([
      [
        '__default',
        [],
        [
          ['j_dev', 'job', []],
          ['j_prd', 'job', []],
          ['all', 'job', ['j_dev', 'j_prd']],
        ],
      ],
    ]);
  });

  it('row 15.41: takes a list that a condition left empty for none', async () => {
    const { pipeline } = await compileFiles({
      'azure-pipelines.yml':
        'stages:\n- stage: A\n  jobs: [{ job: a }]\n- stage: B\n  dependsOn:\n  - ${{ if false }}:\n    - A\n  jobs: [{ job: a }]\n',
    });
    expect(needed(pipeline).stages.map(({ dependsOn }) => dependsOn)).toEqual([[], []]);
  });

  it('tells mistakes of templates with the way to them', async () => {
    const found = await mistakesOf({
      'azure-pipelines.yml': 'steps:\n- template: a.yml\n- script: x\n  naem: y\n',
      'a.yml': 'steps:\n- bash: x\n  displaName: y\n',
    });
    expect(found).toEqual([
      'a.yml:3:3: error KEY_UNKNOWN: A bash step has no key "displaName". Did you mean "displayName"?\n    included at azure-pipelines.yml:2:3',
      'azure-pipelines.yml:4:3: error KEY_UNKNOWN: A script step has no key "naem". Did you mean "name"?',
    ]);
  });

  it('blames no one for what a missing template would have had', async () => {
    const found = await mistakesOf({
      'azure-pipelines.yml':
        'stages:\n- template: stages.yml\n- stage: B\n  dependsOn: A\n  jobs: [{ job: a }]\n',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('TEMPLATE_NOT_FOUND');
  });

  it('goes on past an expression that has no value', async () => {
    const found = await mistakesOf({
      'azure-pipelines.yml':
        'jobs:\n- job: ${{ parameters.nme }}\n  timeoutInMinutes: ${{ nothing() }}\n  stpes: []\n',
    });
    expect(found.map((text) => text.split(' ')[2])).toEqual([
      'EXPRESSION_NAME_UNKNOWN:',
      'EXPRESSION_FUNCTION_UNKNOWN:',
      'KEY_UNKNOWN:',
    ]);
  });

  it('leaves the final YAML out where there are errors, and the expanded tree in', async () => {
    const { pipeline, finalYaml, expanded } = await compileFiles({
      'azure-pipelines.yml': 'steps:\n- nothing: x\n',
    });
    expect([pipeline, finalYaml]).toEqual([undefined, undefined]);
    expect(expanded?.entries).toHaveLength(1);
  });

  it('E5: tells unknown tasks by name and line', async () => {
    const files = { 'azure-pipelines.yml': 'steps:\n- script: x\n- task: CopyFils@2\n' };
    expect(await mistakesOf(files)).toEqual([]);
    const found = await mistakesOf(files, builtInRegistry());
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^azure-pipelines\.yml:3:.*"CopyFils".*"CopyFiles"/);
  });

  it('leaves a template context out', async () => {
    const { finalYaml } = await compileFiles({
      'azure-pipelines.yml':
        'stages:\n- stage: A\n  templateContext: { secret: plan }\n  jobs:\n  - job: a\n    templateContext: { secret: plan }\n',
    });
    expect(finalYaml).not.toContain('plan');
  });
});
