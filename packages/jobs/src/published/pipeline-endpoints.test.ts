// Pipeline endpoints: their versions, their default, and what a call by them starts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import type { PipelineEndpoint, PublishedPipeline } from './published-pipeline.ts';
import { PublishedPipelines } from './published-pipelines.ts';

let lab: Lab;
let open: OpenEngine;
let pipelines: PublishedPipelines;
let count = 0;
let name: string;

beforeAll(async () => {
  lab = await Lab.make();
  open = await lab.open();
  pipelines = await PublishedPipelines.open(open.workspace, open.engine);
});
afterAll(() => lab.dispose());
beforeEach(() => {
  count += 1;
  name = `endpoint ${count}`;
});

const submission = pipelineOf({ say: { command: 'echo done' } });
const publish = (endpoint?: string): Promise<PublishedPipeline> =>
  pipelines.publish({ name, submission, endpoint });
const startedBy = async (endpoint: PipelineEndpoint, version?: string) =>
  (await pipelines.endpoints.submit(endpoint.id, {}, { version })).properties;

test('the first publication behind an endpoint makes it, a later one becomes its default', async () => {
  const first = await publish(name);
  const second = await publish(name);
  const endpoint = await pipelines.endpoints.getByName(name);
  expect(endpoint).toMatchObject({
    status: 'Active',
    defaultVersion: '1',
    versions: [
      { version: '0', pipelineId: first.id },
      { version: '1', pipelineId: second.id },
    ],
  });
  expect(await startedBy(endpoint)).toEqual({
    'azureml.pipelineid': second.id,
    'azureml.pipelineendpointid': endpoint.id,
  });
});

test('a publication that is refused leaves no endpoint behind', async () => {
  await pipelines.publish({ name, submission, version: '1' });
  const again = pipelines.publish({ name, submission, version: '1', endpoint: name });
  await expect(again).rejects.toMatchObject({ code: 'PIPELINE_VERSION_EXISTS' });
  await expect(pipelines.endpoints.getByName(name)).rejects.toMatchObject({
    code: 'PIPELINE_ENDPOINT_NOT_FOUND',
  });
});

describe('an endpoint', () => {
  let first: PublishedPipeline;
  let second: PublishedPipeline;
  let endpoint: PipelineEndpoint;
  beforeEach(async () => {
    first = await publish();
    second = await publish();
    const made = { name, description: 'd', pipelineId: first.id };
    endpoint = await pipelines.endpoints.create(made, { submittedBy: 'ann' });
  });

  test('can be made by itself, once', async () => {
    expect(endpoint).toMatchObject({
      name,
      description: 'd',
      createdBy: 'ann',
      defaultVersion: '0',
    });
    const again = pipelines.endpoints.create({ name, pipelineId: second.id });
    await expect(again).rejects.toMatchObject({ code: 'PIPELINE_ENDPOINT_EXISTS' });
  });

  test('takes versions, as its default or not, and its default can be moved', async () => {
    const { endpoints } = pipelines;
    await endpoints.addVersion(endpoint.id, second.id, { isDefault: false });
    expect(await startedBy(endpoint)).toMatchObject({ 'azureml.pipelineid': first.id });
    expect(await startedBy(endpoint, '1')).toMatchObject({ 'azureml.pipelineid': second.id });
    expect(await endpoints.setDefault(name, '1')).toMatchObject({ defaultVersion: '1' });
    expect(await startedBy(endpoint)).toMatchObject({ 'azureml.pipelineid': second.id });
    expect(await endpoints.addVersion(name, first.id)).toMatchObject({ defaultVersion: '2' });
  });

  test.each(['2', '-1', '01', '1.0', '', 'latest', '__proto__'])(
    'has no version %j',
    async (version) => {
      const refused = { code: 'PIPELINE_INVALID', message: expect.stringContaining('has 0 to 0') };
      const { endpoints } = pipelines;
      await expect(endpoints.setDefault(endpoint.id, version)).rejects.toMatchObject(refused);
      await expect(startedBy(endpoint, version)).rejects.toMatchObject(refused);
    },
  );

  test('that is disabled cannot be called', async () => {
    await pipelines.endpoints.setStatus(endpoint.id, 'Disabled');
    await expect(startedBy(endpoint)).rejects.toMatchObject({ code: 'PIPELINE_ENDPOINT_DISABLED' });
    await pipelines.endpoints.setStatus(endpoint.id, 'Active');
    await startedBy(endpoint);
  });

  test('with a disabled pipeline behind it says which', async () => {
    await pipelines.setStatus(first.id, 'Disabled');
    await expect(startedBy(endpoint)).rejects.toMatchObject({
      code: 'PIPELINE_DISABLED',
      message: expect.stringContaining(first.id),
    });
  });

  test('is found by its id in any case, and by its name', async () => {
    expect(await pipelines.endpoints.get(endpoint.id.toUpperCase())).toEqual(endpoint);
    expect(await pipelines.endpoints.get(name)).toEqual(endpoint);
    expect((await pipelines.endpoints.list(1)).map(({ id }) => id)).toEqual([endpoint.id]);
  });
});

test.each(['none', '00000000-0000-0000-0000-000000000000'])('%s is no endpoint', async (id) => {
  const refused = { code: 'PIPELINE_ENDPOINT_NOT_FOUND', message: expect.stringContaining(id) };
  const { endpoints } = pipelines;
  await expect(endpoints.get(id)).rejects.toMatchObject(refused);
  await expect(endpoints.getByName(id)).rejects.toMatchObject(refused);
  await expect(endpoints.submit(id)).rejects.toMatchObject(refused);
  await expect(endpoints.setDefault(id, '0')).rejects.toMatchObject(refused);
  await expect(endpoints.setStatus(id, 'Active')).rejects.toMatchObject(refused);
  await expect(endpoints.addVersion(id, 'x')).rejects.toMatchObject(refused);
});
