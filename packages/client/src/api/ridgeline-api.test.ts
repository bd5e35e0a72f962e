import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeClock,
  hangUp,
  json,
  RecordingServer,
  testClient,
  testToken,
  text,
} from '../../test/recording-server.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';

let server: RecordingServer;
let clock: FakeClock;
let client: RidgelineClient;
beforeEach(async () => {
  server = await RecordingServer.start();
  clock = new FakeClock();
  client = testClient(server.url, clock);
});
afterEach(() => server.stop());

describe('data assets', () => {
  it('are made, listed and read by their routes', async () => {
    server.answer(json({ value: [{ name: 'd' }] }));
    await client.data.create({ name: 'd', uri: 'azureml://x', tags: { format: 'CSV' } });
    expect(await client.data.list()).toEqual([{ name: 'd' }]);
    await client.data.versions('d');
    await client.data.get('d');
    await client.data.get('d', '2');
    await client.data.profile('d');
    await client.data.getById('8f0b');
    expect(server.lines).toEqual([
      'POST /api/v1/data',
      'GET /api/v1/data',
      'GET /api/v1/data/d',
      'GET /api/v1/data/d/versions/latest',
      'GET /api/v1/data/d/versions/2',
      'GET /api/v1/data/d/versions/latest/profile',
      'GET /api/v1/data?id=8f0b',
    ]);
  });
});

describe('computes, components and datastores', () => {
  it('say whether they were made or found', async () => {
    server.answer(json({ name: 'cpu' }, 201));
    const compute = { name: 'cpu', maxInstances: 2 };
    expect(await client.computes.getOrCreate(compute)).toEqual({
      asset: { name: 'cpu' },
      created: true,
    });
    server.answer(json({ name: 'cpu' }, 200));
    expect(await client.computes.getOrCreate(compute)).toMatchObject({ created: false });
    server.answer(json({ name: 'train' }, 201));
    const component = { name: 'train', text: 'type: command', fileName: 'train.yml' };
    expect(await client.components.create(component)).toMatchObject({ created: true });
    server.answer(json({ name: 'share' }, 200));
    const datastore = { name: 'share', folder: '/mnt/share' };
    expect(await client.datastores.getOrCreate(datastore)).toMatchObject({ created: false });
    expect(server.jsonBodies).toEqual([compute, compute, component, datastore]);
  });

  it('are made again over a lost connection, as the second call finds what the first has made', async () => {
    server.answer(hangUp, json({ name: 'cpu' }, 200));
    expect(await client.computes.getOrCreate({ name: 'cpu' })).toMatchObject({ created: false });
  });

  it('are listed, read, changed and deleted by their routes', async () => {
    server.answer(json({ value: [] }));
    await client.computes.list();
    await client.components.list();
    await client.components.versions('a/b');
    await client.datastores.list();
    await client.computes.get('cpu');
    await client.computes.update('cpu', { maxInstances: 8 });
    await client.computes.delete('cpu');
    await client.components.get('train');
    await client.components.get('train', '2');
    await client.components.text('azureml:train@latest');
    await client.datastores.get('share');
    expect(server.lines).toEqual([
      'GET /api/v1/computes',
      'GET /api/v1/components',
      'GET /api/v1/components/a%2Fb',
      'GET /api/v1/datastores',
      'GET /api/v1/computes/cpu',
      'PATCH /api/v1/computes/cpu',
      'DELETE /api/v1/computes/cpu',
      'GET /api/v1/components/train/versions/latest',
      'GET /api/v1/components/train/versions/2',
      'GET /api/v1/componentTexts?reference=azureml%3Atrain%40latest',
      'GET /api/v1/datastores/share',
    ]);
  });
});

describe('jobs', () => {
  const submission = { definition: 'type: command', fileName: 'a.yml', code: {}, uploads: {} };
  const job = (status: string, attempt = 1) => json({ status, steps: [step(status, attempt)] });
  const step = (status: string, attempt: number) => ({ name: 'train', status, attempt });
  const piece = (content: string | Buffer, next: number) =>
    text(content, 200, { 'x-ridgeline-next-offset': String(next) });

  async function follow(): Promise<string> {
    const pieces = client.jobs.followLog('j', 'train', { pollMs: 10 });
    return (await Array.fromAsync(pieces)).join('');
  }

  it('are submitted once, even over a lost connection', async () => {
    server.answer(hangUp, json({}));
    const submitting = client.jobs.submit(submission);
    await expect(submitting).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(server.jsonBodies).toEqual([submission]);
  });

  it('show what is wrong with a YAML in the details', async () => {
    const details = [{ line: 3, message: 'unknown key' }];
    server.answer(json({ error: { code: 'JOB_INVALID', message: 'bad', details } }, 400));
    await expect(client.jobs.submit(submission)).rejects.toMatchObject({ details });
  });

  it('are listed by what is asked', async () => {
    server.answer(json({ value: [] }));
    await client.jobs.list();
    await client.jobs.list({ experimentName: 'a b', status: 'Failed', limit: 5 });
    expect(server.lines).toEqual([
      'GET /api/v1/jobs',
      'GET /api/v1/jobs?experimentName=a+b&status=Failed&limit=5',
    ]);
  });

  it('are cancelled with a reason, again after a lost connection', async () => {
    server.answer(hangUp, json({}));
    await client.jobs.cancel('j', 'not better');
    expect(server.lines[1]).toBe('POST /api/v1/jobs/j/cancel');
    expect(server.jsonBodies[1]).toEqual({ reason: 'not better' });
  });

  it('are waited for until they end, however they end', async () => {
    server.answer(job('Queued'), job('CancelRequested'), job('Canceled'));
    const seen: string[] = [];
    const onAnswer = ({ status }: { status: string }) => seen.push(status);
    expect(await client.jobs.wait('j', { pollMs: 10, onAnswer })).toMatchObject({
      status: 'Canceled',
    });
    expect(seen).toEqual(['Queued', 'CancelRequested', 'Canceled']);
    expect(clock.sleeps).toEqual([10, 10]);
  });

  it('are waited for no longer than asked', async () => {
    server.answer(job('Running'));
    const waiting = client.jobs.wait('j', { pollMs: 400, timeoutMs: 1000 });
    await expect(waiting).rejects.toMatchObject({ code: 'WAIT_TIMEOUT', status: 504 });
    expect(clock.now()).toBe(800);
  });

  it('are waited for until the signal says stop', async () => {
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(client.jobs.wait('j', { signal })).rejects.toThrow('Ctrl-C');
  });

  it('give a log from an offset in bytes', async () => {
    server.answer(piece('läuft', 106), text('rest'));
    expect((await client.jobs.log('j', 'train', 100)).nextOffset).toBe(106);
    expect((await client.jobs.log('j', 'train')).nextOffset).toBe(4);
    expect(server.lines).toEqual([
      'GET /api/v1/jobs/j/steps/train/log?offset=100',
      'GET /api/v1/jobs/j/steps/train/log?offset=0',
    ]);
  });

  it('give a growing log to its end, also where a piece ends inside a character', async () => {
    const whole = Buffer.from('grüße');
    server.answer(
      ...[json({ status: 'Queued', steps: [] }), job('Running'), piece(whole.subarray(0, 3), 3)],
      ...[job('Running'), piece(whole.subarray(3), whole.length), job('Completed')],
      ...[piece('', whole.length)],
    );
    expect(await follow()).toBe('grüße');
    expect(server.lines.filter((line) => line.includes('log')).at(-1)).toContain('offset=7');
  });

  it('give the log of a repeated step from its start', async () => {
    server.answer(
      ...[job('Running'), piece('one ', 4), job('Running', 2), piece('two', 3)],
      ...[job('Completed', 2), piece('', 3)],
    );
    expect(await follow()).toBe('one two');
    const offsets = server.lines.filter((line) => line.includes('log')).map((l) => l.split('=')[1]);
    expect(offsets).toEqual(['0', '0', '3']);
  });

  it('end a log that never began when the job ends', async () => {
    server.answer(json({ status: 'Running', steps: [] }), json({ status: 'Failed', steps: [] }));
    expect(await follow()).toBe('');
  });
});

describe('schedules', () => {
  it('are made, read, switched, fired and deleted by their routes', async () => {
    server.answer(json({ value: [] }));
    const spec = {
      trigger: { type: 'cron', expression: '0 8 * * *' },
      start: { pipeline: 'train' },
    } as const;
    await client.schedules.create('s', spec);
    await client.schedules.createOrUpdate('s/1', spec);
    await client.schedules.get('s');
    await client.schedules.list(5);
    await client.schedules.firings('s');
    await client.schedules.disable('s');
    await client.schedules.enable('s');
    await client.schedules.trigger('s');
    await client.schedules.delete('s');
    expect(server.lines).toEqual([
      'POST /api/v1/schedules',
      'PUT /api/v1/schedules/s%2F1',
      'GET /api/v1/schedules/s',
      'GET /api/v1/schedules?limit=5',
      'GET /api/v1/schedules/s/firings',
      'POST /api/v1/schedules/s/disable',
      'POST /api/v1/schedules/s/enable',
      'POST /api/v1/schedules/s/trigger',
      'DELETE /api/v1/schedules/s',
    ]);
  });
});

describe('delivery pipelines and builds', () => {
  it('are made, read and changed by their routes', async () => {
    server.answer(json({ value: [] }));
    await client.deliveryPipelines.create({ name: 'CI', repository: { location: '/code' } });
    await client.deliveryPipelines.get('Model CI');
    await client.deliveryPipelines.list();
    await client.deliveryPipelines.update('CI', { enabled: false });
    await client.deliveryPipelines.triggers('CI', 5);
    await client.deliveryPipelines.makeHookSecret('CI');
    await client.deliveryPipelines.deleteHookSecret('CI');
    await client.deliveryPipelines.delete('CI');
    await client.variableGroups.create({ name: 'g' });
    await client.variableGroups.update('g', { description: 'd' });
    await client.serviceConnections.list(2);
    await client.serviceConnections.delete('c');
    await client.deliveryEnvironments.get('prod');
    expect(server.lines).toEqual([
      'POST /api/v1/delivery-pipelines',
      'GET /api/v1/delivery-pipelines/Model%20CI',
      'GET /api/v1/delivery-pipelines',
      'PATCH /api/v1/delivery-pipelines/CI',
      'GET /api/v1/delivery-pipelines/CI/triggers?limit=5',
      'POST /api/v1/delivery-pipelines/CI/hook-secret',
      'DELETE /api/v1/delivery-pipelines/CI/hook-secret',
      'DELETE /api/v1/delivery-pipelines/CI',
      'POST /api/v1/variable-groups',
      'PATCH /api/v1/variable-groups/g',
      'GET /api/v1/service-connections?limit=2',
      'DELETE /api/v1/service-connections/c',
      'GET /api/v1/delivery-environments/prod',
    ]);
  });

  it('are queued, watched and decided about by their routes', async () => {
    server.answer(json({ value: [], status: 'completed' }));
    await client.builds.queue({ pipeline: 'CI' });
    await client.builds.list({ pipeline: 'CI', before: '9' });
    await client.builds.cancel('7');
    await client.builds.rerun('7');
    await client.builds.approve('7', 'Prod', 'go');
    await client.builds.reject('7', 'Prod');
    await client.builds.artifacts('7');
    await client.builds.artifactFiles('7', 'model');
    expect(await client.builds.wait('7')).toMatchObject({ status: 'completed' });
    expect(server.lines).toEqual([
      'POST /api/v1/builds',
      'GET /api/v1/builds?pipeline=CI&before=9',
      'POST /api/v1/builds/7/cancel',
      'POST /api/v1/builds/7/rerun',
      'POST /api/v1/builds/7/approve',
      'POST /api/v1/builds/7/reject',
      'GET /api/v1/builds/7/artifacts',
      'GET /api/v1/builds/7/artifacts/model/files',
      'GET /api/v1/builds/7',
    ]);
  });

  it('give the lines of a log as they come, to its end', async () => {
    const lines = (next: number, isComplete: boolean, ...of: readonly string[]) =>
      json({ lines: of, next, isComplete });
    server.answer(lines(2, false, 'a', 'b'), lines(2, false), lines(3, true, 'c'), lines(3, true));
    const seen: string[] = [];
    for await (const piece of client.builds.followLog('7', 4, { pollMs: 1 })) seen.push(...piece);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(server.lines.map((line) => line.split('=')[1])).toEqual(['0', '2', '2', '3']);
  });
});

describe('endpoints', () => {
  it('are made, read, keyed and deleted by their routes', async () => {
    server.answer(json({ value: [] }));
    await client.endpoints.put('e', { model: 'm@latest' });
    await client.endpoints.get('e');
    await client.endpoints.list();
    await client.endpoints.regenerateKey('e', 'Secondary');
    await client.endpoints.delete('e');
    expect(server.lines).toEqual([
      'PUT /api/v1/endpoints/e',
      'GET /api/v1/endpoints/e',
      'GET /api/v1/endpoints',
      'POST /api/v1/endpoints/e/regenerateKeys',
      'DELETE /api/v1/endpoints/e',
    ]);
  });

  it('are asked for scores with their own key, not with the token', async () => {
    const keys = { primaryKey: 'key-one', secondaryKey: 'key-two' };
    server.answer(json(keys), json({ result: [1.5] }));
    const headers = { traceparent: '00-1-1-00' };
    const answer = await client.endpoints.invoke('e', { data: [[1]] }, { headers });
    expect(answer).toEqual({ result: [1.5] });
    const [asking, scoring] = server.requests;
    expect(asking?.headers.authorization).toBe(`Bearer ${testToken}`);
    expect(scoring).toMatchObject({
      url: '/api/v1/service/e/score',
      headers: { authorization: 'Bearer key-one', traceparent: '00-1-1-00' },
    });
  });

  it('never show a key in an error', async () => {
    server.answer(json({ message: 'wrong key: key-one' }, 401));
    const invoking = client.endpoints.invoke('e', {}, { key: 'key-one' });
    await expect(invoking).rejects.toMatchObject({ message: 'wrong key: ***', status: 401 });
  });

  it('are waited for until they stand or have failed', async () => {
    const state = (provisioningState: string, ...deployments: readonly string[]) =>
      json({ provisioningState, deployments: deployments.map((each) => ({ state: each })) });
    server.answer(state('Creating'), state('Succeeded', 'Starting'), state('Succeeded', 'Ready'));
    const endpoint = await client.endpoints.wait('e', { pollMs: 1 });
    expect(endpoint.deployments).toMatchObject([{ state: 'Ready' }]);
    server.answer(state('Failed'));
    expect(await client.endpoints.wait('e')).toMatchObject({ provisioningState: 'Failed' });
  });

  it('give their log as text', async () => {
    server.answer(text('line 1\nline 2\n'));
    expect(await client.endpoints.logs('e')).toBe('line 1\nline 2\n');
  });
});
