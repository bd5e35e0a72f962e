// Ridgeline's own routes of published pipelines and pipeline endpoints.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echoDefinition } from '../../test/azureml.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const address = '/api/v1/pipelines';
const endpoints = '/api/v1/pipelineEndpoints';
const submission = { definition: echoDefinition(), fileName: 'p.yml', code: {}, uploads: {} };

async function publish(name: string, more: object = {}): Promise<string> {
  const answer = await server.post(address, { name, submission, ...more });
  expect(answer.status, answer.text).toBe(201);
  return textAt(answer, 'id');
}

describe('a pipeline', () => {
  test('is published, with the address by which any program starts it', async () => {
    const answer = await server.post(address, { name: 'told', version: '7', submission });
    const id = textAt(answer, 'id');
    expect(answer).toMatchObject({
      status: 201,
      json: {
        name: 'told',
        version: '7',
        description: 'Says what it is given',
        status: 'Active',
        createdBy: 'admin',
        parameters: [
          { name: 'model_name', type: 'string', default: 'model' },
          { name: 'alpha', type: 'number', default: 0.5 },
        ],
        restEndpoint: expect.stringMatching(new RegExp(`^http://.+/PipelineSubmit/${id}$`)),
      },
    });
    expect((await server.get(`${address}/${id}`)).json).toEqual(answer.json);
    const { pathname } = new URL(textAt(answer, 'restEndpoint'));
    expect((await server.post(pathname, {})).json).toMatchObject({ PipelineId: id });
  });

  test('is started, with the jobs that it was started as', async () => {
    const id = await publish('started');
    const first = await server.post(`${address}/${id}/submit`);
    const second = await server.post(`${address}/${id}/submit`, {
      inputs: { model_name: 'x' },
      experimentName: 'asked',
      tags: { a: '1' },
    });
    expect(second).toMatchObject({
      status: 201,
      json: {
        experimentName: 'asked',
        inputs: { model_name: 'x', alpha: '0.5' },
        tags: { a: '1' },
      },
    });
    const jobs = await server.get(`${address}/${id}/jobs`);
    expect(jobs.json).toMatchObject({
      value: [{ id: textAt(second, 'id') }, { id: textAt(first, 'id') }],
    });
  });

  test('is listed by name, version and status', async () => {
    const first = await publish('listed');
    const second = await publish('listed');
    await server.post(`${address}/${first}/disable`);
    const idsOf = async (query: string) => {
      const { json } = await server.get(`${address}?name=listed${query}`);
      return (json as { value: { id: string }[] }).value.map(({ id }) => id);
    };
    expect(await idsOf('')).toEqual([second, first]);
    expect(await idsOf('&version=1')).toEqual([first]);
    expect(await idsOf('&status=Disabled')).toEqual([first]);
    expect(await idsOf('&limit=1')).toEqual([second]);
  });

  test('that is disabled is not started, until it is enabled', async () => {
    const id = await publish('switched');
    const disabled = await server.post(`${address}/${id}/disable`);
    expect(disabled.json).toMatchObject({ status: 'Disabled' });
    expect(await server.post(`${address}/${id}/submit`)).toMatchObject({
      status: 404,
      json: { error: { code: 'PIPELINE_DISABLED' } },
    });
    expect((await server.post(`${address}/${id}/enable`)).json).toMatchObject({ status: 'Active' });
    expect((await server.post(`${address}/${id}/submit`)).status).toBe(201);
  });

  test.each([
    ['without a name', {}, 400, 'name'],
    ['with a property that is not known', { name: 'a', colour: 'red' }, 400, "'colour'"],
    ['twice', { name: 'twice', version: '1' }, 409, 'PIPELINE_VERSION_EXISTS'],
    ['with a bad version', { name: 'a', version: 'a b' }, 400, 'PIPELINE_INVALID'],
    [
      'that is none',
      { name: 'a', submission: { ...submission, definition: 'a: [' } },
      400,
      'p.yml:1',
    ],
  ])('is not published %s', async (_what, more, status, words) => {
    await server.post(address, { name: 'twice', version: '1', submission });
    const before = (await server.get(address)).text;
    const answer = await server.post(address, { submission, ...more });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.text).toContain(words);
    expect((await server.get(address)).text).toBe(before);
  });

  test('that is not there is 404', async () => {
    for (const answer of [
      await server.get(`${address}/none`),
      await server.get(`${address}/none/jobs`),
      await server.post(`${address}/none/enable`),
      await server.post(`${address}/none/submit`, {}),
    ]) {
      expect(answer).toMatchObject({
        status: 404,
        json: { error: { code: 'PIPELINE_NOT_FOUND' } },
      });
    }
  });
});

describe('a pipeline endpoint', () => {
  test('stays while what is behind it is replaced', async () => {
    const first = await publish('behind', { endpoint: 'kept' });
    const made = await server.get(`${endpoints}/kept`);
    const id = textAt(made, 'id');
    expect(made.json).toMatchObject({
      name: 'kept',
      defaultVersion: '0',
      versions: [{ version: '0', pipelineId: first }],
      restEndpoint: expect.stringMatching(new RegExp(`/PipelineEndpointSubmit/Id/${id}$`)),
    });
    const second = await publish('behind', { endpoint: 'kept' });
    expect((await server.get(`${endpoints}/${id}`)).json).toMatchObject({
      defaultVersion: '1',
      restEndpoint: textAt(made, 'restEndpoint'),
    });
    const started = await server.post(`${endpoints}/kept/submit`);
    expect(started.json).toMatchObject({ properties: { 'azureml.pipelineid': second } });
    await server.post(`${endpoints}/kept/setDefault`, { version: '0' });
    const again = await server.post(`${endpoints}/kept/submit`, { inputs: { alpha: 1 } });
    expect(again.json).toMatchObject({ properties: { 'azureml.pipelineid': first } });
    const chosen = await server.post(`${endpoints}/kept/submit`, { version: '1' });
    expect(chosen.json).toMatchObject({ properties: { 'azureml.pipelineid': second } });
  });

  test('is made by itself, takes versions, and is switched', async () => {
    const pipelineId = await publish('alone');
    const body = { name: 'alone', description: 'by itself', pipelineId };
    expect((await server.post(endpoints, body)).status).toBe(201);
    expect((await server.post(endpoints, body)).status).toBe(409);
    const added = await server.post(`${endpoints}/alone/versions`, {
      pipelineId,
      isDefault: false,
    });
    expect(added.json).toMatchObject({ defaultVersion: '0', versions: [{}, {}] });
    await server.post(`${endpoints}/alone/disable`);
    expect((await server.post(`${endpoints}/alone/submit`)).status).toBe(404);
    await server.post(`${endpoints}/alone/enable`);
    expect((await server.post(`${endpoints}/alone/submit`)).status).toBe(201);
    const { json } = await server.get(`${endpoints}?limit=1`);
    expect(json).toMatchObject({ value: [{ name: 'alone' }] });
  });

  test('that is not there is 404', async () => {
    for (const answer of [
      await server.get(`${endpoints}/none`),
      await server.post(`${endpoints}/none/submit`),
      await server.post(`${endpoints}/none/setDefault`, { version: '0' }),
      await server.post(`${endpoints}/none/versions`, { pipelineId: 'none' }),
    ]) {
      expect(answer).toMatchObject({
        status: 404,
        json: { error: { code: 'PIPELINE_ENDPOINT_NOT_FOUND' } },
      });
    }
  });
});
