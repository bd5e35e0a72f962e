import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeClock,
  hangUp,
  json,
  RecordingServer,
  testClient,
} from '../../test/recording-server.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';

let server: RecordingServer;
let client: RidgelineClient;
beforeEach(async () => {
  server = await RecordingServer.start();
  client = testClient(server.url, new FakeClock());
});
afterEach(() => server.stop());

const submission = { definition: 'type: pipeline', fileName: 'p.yml', code: {}, uploads: {} };

describe('published pipelines', () => {
  it('are published, read and changed by their routes', async () => {
    await client.pipelines.publish({ name: 'p', version: '1', submission, endpoint: 'e' });
    await client.pipelines.get('id');
    await client.pipelines.enable('id');
    await client.pipelines.disable('id');
    await client.pipelines.submit('id', { inputs: { alpha: 1 } });
    expect(server.lines).toEqual([
      'POST /api/v1/pipelines',
      'GET /api/v1/pipelines/id',
      'POST /api/v1/pipelines/id/enable',
      'POST /api/v1/pipelines/id/disable',
      'POST /api/v1/pipelines/id/submit',
    ]);
  });

  it('are sent as they are given', async () => {
    const pipeline = { name: 'p', version: '1', submission, endpoint: 'e' };
    await client.pipelines.publish(pipeline);
    await client.pipelines.submit('id', { inputs: { alpha: 1 } });
    await client.pipelineEndpoints.addVersion('e', 'p', { isDefault: false });
    expect(server.jsonBodies).toEqual([
      pipeline,
      { inputs: { alpha: 1 } },
      { pipelineId: 'p', isDefault: false },
    ]);
  });

  it('are listed by what is asked, with their jobs', async () => {
    server.answer(json({ value: [{ id: 'a' }] }));
    expect(await client.pipelines.list({ name: 'a b', version: '1', status: 'Active' })).toEqual([
      { id: 'a' },
    ]);
    server.answer(json({ value: [] }));
    expect(await client.pipelines.jobs('a', 5)).toEqual([]);
    expect(server.lines).toEqual([
      'GET /api/v1/pipelines?name=a+b&version=1&status=Active',
      'GET /api/v1/pipelines/a/jobs?limit=5',
    ]);
  });

  it('are started once, even over a lost connection', async () => {
    server.answer(hangUp, json({}));
    await expect(client.pipelines.submit('id')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(server.lines).toHaveLength(1);
  });
});

describe('pipeline endpoints', () => {
  it('are made, read, changed and called by their routes', async () => {
    const { pipelineEndpoints } = client;
    await pipelineEndpoints.create({ name: 'e', pipelineId: 'p' });
    await pipelineEndpoints.get('a b');
    await pipelineEndpoints.addVersion('e', 'p', { isDefault: false });
    await pipelineEndpoints.setDefault('e', '1');
    await pipelineEndpoints.enable('e');
    await pipelineEndpoints.disable('e');
    await pipelineEndpoints.submit('e', { version: '0' });
    server.answer(json({ value: [] }));
    expect(await pipelineEndpoints.list({ limit: 2 })).toEqual([]);
    expect(server.lines).toEqual([
      'POST /api/v1/pipelineEndpoints',
      'GET /api/v1/pipelineEndpoints/a%20b',
      'POST /api/v1/pipelineEndpoints/e/versions',
      'POST /api/v1/pipelineEndpoints/e/setDefault',
      'POST /api/v1/pipelineEndpoints/e/enable',
      'POST /api/v1/pipelineEndpoints/e/disable',
      'POST /api/v1/pipelineEndpoints/e/submit',
      'GET /api/v1/pipelineEndpoints?limit=2',
    ]);
  });

  it('are not asked for by a name that leads elsewhere', async () => {
    await expect(client.pipelineEndpoints.get('..')).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });
});
