// From the data to the model, over the steps of jobs: by whatever steps in between, by results that were
// taken from an earlier job, and when the runs on the way are gone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});
afterEach(() => lab.dispose());

const outputs = { out: { type: 'uri_folder' } };
const fromStep = (step: string) => `\${{parent.jobs.${step}.outputs.out}}`;

/** Only `prepare` sees the data; `train` sees what it has made of it; `rate` makes a number. */
const training = (data: string) =>
  pipelineOf({
    prepare: {
      command: 'cp ${{inputs.sales}} ${{outputs.out}}/table',
      inputs: { sales: { type: 'uri_file', path: data } },
      outputs,
    },
    rate: {
      command: 'cat ${{inputs.other}}; echo 0.5 > ${{outputs.value}}',
      inputs: { other: { type: 'uri_file', path: 'azureml:other@latest' } },
      outputs: { value: { type: 'number' } },
    },
    train: {
      command:
        'cat ${{inputs.table}}/table ${{inputs.base}}/m ${{inputs.raw}} > ${{outputs.out}}/m',
      inputs: {
        table: fromStep('prepare'),
        rate: '${{parent.jobs.rate.outputs.value}}',
        base: { type: 'custom_model', path: 'azureml:base:1' },
        raw: { type: 'uri_file', path: 'azureml://datastores/workspaceblobstore/paths/raw.txt' },
      },
      outputs,
    },
  });

async function addData(name: string, content: string): Promise<void> {
  const uri = `azureml://datastores/workspaceblobstore/paths/${name}-${content}.csv`;
  const { datastore, path } = await open.workspace.datastores.resolveUri(uri);
  await datastore.write(path, Buffer.from(`a\n${content}\n`));
  await open.workspace.data.create({ name, uri });
}

async function prepareAssets(): Promise<void> {
  const { models, runs, artifacts, datastores } = open.workspace;
  await addData('sales', '1');
  await addData('sales', '2');
  await addData('other', '1');
  const raw = await datastores.resolveUri('azureml://datastores/workspaceblobstore/paths/raw.txt');
  await raw.datastore.write(raw.path, Buffer.from('raw'));
  const { info } = await runs.create({ experimentId: '0' });
  await artifacts.write(info.run_id, 'base/m', Buffer.from('base'));
  for (const name of ['base', 'price']) await models.createRegisteredModel({ name });
  await models.createVersion({ name: 'base', source: `runs:/${info.run_id}/base` });
}

async function run(data = 'azureml:sales:1'): Promise<Job> {
  const tags = {
    BuildId: '7',
    BuildUri: 'https://ci.example/7',
    'mlflow.source.git.commit': 'c0ffee',
  };
  const { id } = await open.engine.submit({ ...training(data), tags });
  const job = await open.engine.waitFor(id);
  expect(job.status).toBe('Completed');
  return job;
}

const runOf = (job: Job, name: string) => job.steps.find((step) => step.name === name)?.runId ?? '';

async function register(job: Job): Promise<string> {
  const source = `runs:/${runOf(job, 'train')}/outputs/out`;
  return (await open.workspace.models.createVersion({ name: 'price', source })).version;
}

const made = (job: Job) => ({
  run: { runId: runOf(job, 'train'), jobId: job.id, step: 'train', experimentName: 'Default' },
  git: { commit: 'c0ffee', branch: null, repository: null, isDirty: null },
  build: { id: '7', uri: 'https://ci.example/7' },
  data: [{ name: 'sales', version: '1' }],
  datasets: [],
  uris: ['azureml://datastores/workspaceblobstore/paths/raw.txt'],
  models: [{ name: 'base', version: '1' }],
  upstream: [{ runId: runOf(job, 'prepare'), jobId: job.id, step: 'prepare' }],
});

test('a model knows the data that an earlier step has read for it, and nothing that it is not made of', async () => {
  await prepareAssets();
  const job = await run();
  const version = await register(job);
  const { lineage } = open.workspace;
  const found = await lineage.ofModelVersion('price', version);
  expect(found).toMatchObject({ model: { name: 'price', version: '1' }, ...made(job) });

  const sales = await lineage.ofData('sales', '1');
  expect(sales).toMatchObject({
    data: { name: 'sales', version: '1' },
    producedBy: null,
    models: [{ name: 'price', version: '1', runId: runOf(job, 'train') }],
    runs: [{ runId: runOf(job, 'prepare'), jobId: job.id, step: 'prepare' }],
  });
  expect(await lineage.ofData('sales', 'latest')).toMatchObject({ models: [], runs: [] });
  // A number that was reckoned from it is no part of the model.
  expect(await lineage.ofData('other', '1')).toMatchObject({
    models: [],
    runs: [{ step: 'rate' }],
  });
});

test('data that a step has made knows the step, and what was made of it then', async () => {
  await prepareAssets();
  const place = {
    type: 'uri_folder',
    name: 'features',
    path: 'azureml://datastores/workspaceblobstore/paths/f',
  };
  const maker = pipelineOf({
    make: { command: 'echo 1 > ${{outputs.out}}/f', outputs: { out: place } },
  });
  const { id } = await open.engine.submit(maker);
  const job = await open.engine.waitFor(id);
  expect(job.status).toBe('Completed');
  expect(await open.workspace.lineage.ofData('features', 'latest')).toMatchObject({
    producedBy: { runId: runOf(job, 'make'), jobId: id, step: 'make' },
    models: [],
    runs: [],
  });
});

test('it is the same where the steps have taken the results of an earlier job', async () => {
  await prepareAssets();
  const first = await run();
  const second = await run();
  expect(second.steps.map(({ reusedFrom }) => reusedFrom?.jobId)).toEqual(Array(3).fill(first.id));
  const version = await register(second);
  expect(await open.workspace.lineage.ofModelVersion('price', version)).toMatchObject({
    ...made(second),
    run: { runId: runOf(second, 'train'), reusedFrom: runOf(first, 'train'), jobId: second.id },
  });
  expect((await open.workspace.lineage.ofData('sales', '1')).runs).toHaveLength(2);
});

test('it stays when all runs that can go are gone for good', async () => {
  await prepareAssets();
  const job = await run();
  const version = await register(job);
  const { lineage, runs, garbage } = open.workspace;
  const before = await lineage.ofModelVersion('price', version);
  for (const id of [job.id, ...['prepare', 'rate', 'train'].map((name) => runOf(job, name))]) {
    await runs.delete(id);
  }
  // Those whose files are the model's stay.
  expect(await garbage.collect({ olderThanMs: 0 })).toMatchObject({ runs: 3, kept: 1 });
  expect(await lineage.ofModelVersion('price', version)).toEqual(before);
  expect((await lineage.ofData('sales', '1')).models).toHaveLength(1);
  // What is registered only now from what is left knows the data too.
  const later = await lineage.ofModelVersion('price', await register(job));
  expect(later.data).toEqual(before.data);
});
