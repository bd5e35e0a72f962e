// Expressions in the shapes that pipelines really have.
import { expect, test } from 'vitest';
import type { ContextFunction } from './evaluation-context.ts';
import { toPlain } from './plain.ts';
import { plainOfText, valueOfText } from './testing.fixture.ts';

const contexts = {
  variables: {
    'Build.SourceBranch': 'refs/heads/main',
    'Build.Reason': 'IndividualCI',
    'System.PullRequest.IsFork': 'False',
    isMain: 'True',
    MODEL_NAME: 'diabetes_regression_model.pkl',
  },
  parameters: {
    artifactBuildId: 'latest',
    environments: [
      { name: 'dev', region: 'weu' },
      { name: 'prod', region: 'neu' },
    ],
    deployTo: ['aci', 'aks'],
    runTests: true,
  },
  dependencies: {
    Get_Pipeline_ID: { result: 'Succeeded', outputs: { 'getpipelineid.AMLPIPELINEID': '1-2-3' } },
    Skipped_Job: { result: 'Skipped', outputs: {} },
  },
  stageDependencies: { Build: { Compile: { result: 'Failed', outputs: { 'setvar.tag': 'v1' } } } },
};

const functions: Readonly<Record<string, ContextFunction>> = {
  succeeded: { minimum: 0, maximum: 9, call: () => true },
  failed: { minimum: 0, maximum: 9, call: () => false },
  canceled: { minimum: 0, maximum: 0, call: () => false },
};

test.each([
  ["and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))", true],
  ["and(succeeded(), eq(coalesce(variables['auto-trigger-training'],'true'),'true'))", true],
  ["in(variables['Build.Reason'], 'IndividualCI', 'BatchedCI')", true],
  ["and(not(canceled()), ne(variables['Build.Reason'], 'PullRequest'))", true],
  ["startsWith(variables['Build.SourceBranch'], 'refs/tags/')", false],
  ["eq(variables['System.PullRequest.IsFork'], false)", true],
  ['eq(variables.isMain, true)', true],
  ["eq(parameters.artifactBuildId, 'latest')", true],
  ["dependencies.Get_Pipeline_ID.outputs['getpipelineid.AMLPIPELINEID']", '1-2-3'],
  ["stageDependencies.Build.Compile.outputs['setvar.tag']", 'v1'],
  ["in(dependencies.Skipped_Job.result, 'Succeeded', 'SucceededWithIssues', 'Skipped')", true],
  ["coalesce(variables['model-name'], variables.MODEL_NAME)", 'diabetes_regression_model.pkl'],
  ["replace(variables['Build.SourceBranch'], 'refs/heads/', '')", 'main'],
  ["split(variables['Build.SourceBranch'], '/')[2]", 'main'],
  ["containsValue(parameters.deployTo, 'AKS')", true],
  ["join(' ', parameters.environments.*.name)", 'dev prod'],
  [
    "format('{0}-{1}', parameters.environments[1].name, parameters.environments[1].region)",
    'prod-neu',
  ],
  ["iif(parameters.runTests, 'with tests', 'without')", 'with tests'],
  ['length(parameters.environments)', 2],
  ["upper(parameters['environments'][0]['name'])", 'DEV'],
  [
    "and(\n  succeeded(),\n  or(\n    failed(),\n    contains(variables['MODEL_NAME'], '.PKL')\n  )\n)",
    true,
  ],
  ["eq(1, '1.0')", true],
  ["or(eq(stageDependencies.Build.Compile.result, 'Succeeded'), failed())", false],
  ["not(startsWith(variables['Build.SourceBranch'], 'refs/pull/'))", true],
])('%s is %j', (text, value) => {
  expect(toPlain(valueOfText(text, contexts, { functions }))).toEqual(value);
});

test('an output of a job that is not waited for is null, and so equal to nothing', () => {
  expect(plainOfText("dependencies.Other.outputs['s.v']", contexts)).toBeNull();
  expect(plainOfText("eq(dependencies.Other.outputs['s.v'], '1')", contexts)).toBe(false);
});
