// Jobs that are not accepted: each is refused with what is wrong, and nothing of it is written down.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobSubmission } from '../submission/submission.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, type StepDefinition, submissionOf } from '../test/pipelines.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

const step = (more: object = {}): StepDefinition => ({ command: 'true', ...more });
const onlyStep = (more: object) => pipelineOf({ only: step(more) });

async function expectRefused(submission: JobSubmission, code: string, message: string | RegExp) {
  const { experiments, runs } = open.workspace;
  await expect(
    open.engine.submit({ experimentName: 'refused', ...submission }),
  ).rejects.toMatchObject({
    code,
    status: expect.toSatisfy((status: number) => status >= 400 && status !== 500),
    message: expect.stringMatching(message),
  });
  expect(await open.engine.list({ limit: 10 })).toEqual([]);
  const found = (await experiments.search()).items;
  expect(found.map(({ name }) => name)).toEqual(['Default']);
  expect((await runs.search({ experimentIds: ['0'] })).items).toEqual([]);
  expect(open.errors).toEqual([]);
}

describe('a definition that is wrong', () => {
  test('is refused with every mistake and its place', async () => {
    const definition = `
type: pipeline
inputs:
  alpha: 0.5
jobs:
  train:
    comand: echo \${{inputs.alpha}}
    inputs: {alpha: '\${{parent.inputs.alfa}}'}
  evaluate:
    command: 'true'
    inputs: {model: '\${{parent.jobs.train.outputs.model}}'}
`;
    const submission = { ...submissionOf({}), definition, fileName: 'pipelines/train.yml' };
    const mistakes = [
      /^pipelines\/train.yml:7:5: error KEY_UNKNOWN: .*did you mean 'command'/m,
      /^pipelines\/train.yml:8:22: error INPUT_NOT_FOUND: .*expected 'alpha'$/m,
      /^pipelines\/train.yml:11:22: error OUTPUT_NOT_FOUND: .*has no output 'model'/m,
    ];
    for (const mistake of mistakes) {
      await expectRefused(submission, 'JOB_DEFINITION_INVALID', mistake);
    }
  });

  test.each([
    ['no YAML at all', '{{{{', /^job.yml:1:/],
    ['nothing', '', /^job.yml:1:/],
    ['another kind of job', 'type: sweep', /sweep/],
  ])('being %s', async (_, definition, message) => {
    await expectRefused({ ...submissionOf({}), definition }, 'JOB_DEFINITION_INVALID', message);
  });

  test('having a cycle', async () => {
    const taking = (other: string) => ({
      command: 'true',
      inputs: { in: `\${{parent.jobs.${other}.outputs.out}}` },
      outputs: { out: { type: 'uri_folder' } },
    });
    const jobs = { a: taking('b'), b: taking('a') };
    await expectRefused(
      pipelineOf(jobs),
      'JOB_DEFINITION_INVALID',
      /PIPELINE_CYCLE.*'a' → 'b' → 'a'/,
    );
  });

  test('having a display name that no run can have', async () => {
    const message = /^display name ' ' cannot be used: write 1 to 250 characters/;
    await expectRefused({ ...onlyStep({}), displayName: ' ' }, 'JOB_DEFINITION_INVALID', message);
    const long = onlyStep({ display_name: 'x'.repeat(251) });
    await expectRefused(long, 'JOB_DEFINITION_INVALID', /^display name 'x{60}…' cannot be used/);
  });

  test('having a tag that no run can have', async () => {
    const bad = { ...onlyStep({}), tags: { 'who?': 'me' } };
    await expectRefused(bad, 'JOB_DEFINITION_INVALID', /^tag name 'who\?' cannot be used/);
    const long = { ...onlyStep({}), tags: { who: 'x'.repeat(8_001) } };
    await expectRefused(long, 'JOB_DEFINITION_INVALID', /^the value of tag 'who' cannot be used/);
  });

  test('wanting an output on a datastore that is not there', async () => {
    const path = 'azureml://datastores/none/paths/here';
    const submission = onlyStep({ outputs: { out: { type: 'uri_folder', path } } });
    await expectRefused(submission, 'DATASTORE_NOT_FOUND', /^datastore 'none' does not exist/);
  });

  test('with several mistakes tells all of them at once', async () => {
    const path = 'azureml://datastores/none/paths/here';
    const submission = pipelineOf({
      first: { command: 'true', compute: 'azureml:gpu', environment: 'azureml:sklearn:1' },
      second: { command: 'true', outputs: { out: { type: 'uri_folder', path } } },
      third: { command: 'true', code: './src' },
    });
    const lines = [
      /step 'first' asks for the compute 'gpu'/,
      /sklearn/,
      /datastore 'none' does not exist/,
      /the code folder '.\/src' has not been uploaded/,
    ];
    for (const line of lines) await expectRefused(submission, 'JOB_DEFINITION_INVALID', line);
  });
});

describe('what a job names and is not there', () => {
  test('compute', async () => {
    const message = /step 'only' asks for the compute 'gpu'.*use 'azureml:local'/;
    await expectRefused(onlyStep({ compute: 'azureml:gpu' }), 'COMPUTE_NOT_FOUND', message);
    const jobs = { only: step() };
    const settings = { default_compute: 'azureml:gpu' };
    await expectRefused(pipelineOf(jobs, { settings }), 'COMPUTE_NOT_FOUND', message);
  });

  test('environment', async () => {
    const submission = onlyStep({ environment: 'azureml:sklearn:1' });
    await expectRefused(submission, 'ENVIRONMENT_NOT_FOUND', /sklearn/);
  });

  test('datastore', async () => {
    const settings = { default_datastore: 'azureml:lake' };
    await expectRefused(
      pipelineOf({ only: step() }, { settings }),
      'DATASTORE_NOT_FOUND',
      /'lake'/,
    );
  });

  test('code: not uploaded, or uploaded and unknown', async () => {
    for (const code of ['./src', 'constructor']) {
      const message = `the code folder '${code}' has not been uploaded`;
      await expectRefused(onlyStep({ code }), 'JOB_UPLOAD_MISSING', message);
    }
    const submission = { ...onlyStep({ code: './src' }), code: { './src': '0'.repeat(64) } };
    await expectRefused(submission, 'CODE_NOT_FOUND', /0{64}/);
  });

  const withData = (path: string, type = 'uri_file') =>
    onlyStep({ inputs: { data: { type, path } } });

  test('data: a local file that was not uploaded', async () => {
    const message = "input 'data' names the local path './d.csv', which has not been uploaded";
    await expectRefused(withData('./d.csv'), 'JOB_UPLOAD_MISSING', message);
  });

  test('data: a file that is not on its datastore', async () => {
    const uri = 'azureml://datastores/workspaceblobstore/paths/d.csv';
    await expectRefused(withData(uri), 'DATASTORE_FILE_NOT_FOUND', /d.csv/);
    const uploads = { './d.csv': 'azureml://datastores/elsewhere/paths/d.csv' };
    await expectRefused({ ...withData('./d.csv'), uploads }, 'DATASTORE_NOT_FOUND', /elsewhere/);
    const outside = {
      './d.csv': 'azureml://datastores/workspaceblobstore/paths/../../secrets.key',
    };
    await expectRefused(
      { ...withData('./d.csv'), uploads: outside },
      'DATASTORE_PATH_INVALID',
      /\.\./,
    );
  });

  test('data asset', async () => {
    await expectRefused(withData('azureml:diabetes:1'), 'DATA_ASSET_NOT_FOUND', /diabetes/);
  });

  test('model', async () => {
    const latest = withData('azureml:ridge@latest', 'mlflow_model');
    await expectRefused(latest, 'MODEL_NOT_FOUND', /no version of a model 'ridge'/);
    const version = withData('azureml:ridge:1', 'mlflow_model');
    await expectRefused(version, 'RESOURCE_DOES_NOT_EXIST', /ridge/);
  });
});

describe('an input', () => {
  const taking = (type: string) =>
    pipelineOf(
      { only: step({ inputs: { alpha: '${{parent.inputs.alpha}}' } }) },
      { inputs: { alpha: { type } } },
    );

  test.each([
    ['without a value', {}, /'alpha' \(number\) has no value/],
    ['of another type', { alpha: 'much' }, /'alpha' is of type number, and 'much' does not fit/],
    ['that the job does not have', { alpha: 1, alfa: 2 }, /no input 'alfa'.*'alpha'/],
  ])('%s', async (_, inputs, message) => {
    await expectRefused({ ...taking('number'), inputs }, 'JOB_INPUT_INVALID', message);
  });
});

test('an experiment name that cannot be used', async () => {
  const submission = { ...onlyStep({}), experimentName: ' ' };
  await expectRefused(submission, 'INVALID_PARAMETER_VALUE', /experiment name/);
});

test('a server that shuts down takes no job', async () => {
  await open.engine.stop();
  await expectRefused(onlyStep({}), 'JOB_ENGINE_STOPPED', /shutting down/);
});
