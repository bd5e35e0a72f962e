// What a caller learns of an error, what the log learns, and what neither must.
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { registerModel } from '../../test/model-version.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(() => {
  server.logLines.length = 0;
});
afterEach(() => vi.restoreAllMocks());

const failures = () => server.logLines.filter((line) => line.includes('"level":50'));

describe('an error of our own', () => {
  beforeEach(() => {
    const inside = new Error('the inside of the server');
    vi.spyOn(server.context.workspace.runs, 'get').mockRejectedValue(inside);
    vi.spyOn(server.context.jobs, 'list').mockRejectedValue(inside);
  });

  test('is told as such, without what it was, and logged once with all of it', async () => {
    const answer = await server.get('/api/v1/jobs');
    expect(answer).toMatchObject({
      status: 500,
      json: {
        error: {
          code: 'INTERNAL_ERROR',
          message: 'something went wrong in the server; its log says what',
        },
      },
    });
    expect(failures()).toHaveLength(1);
    expect(failures()[0]).toContain('the inside of the server');
    expect(failures()[0]).toContain('"route":"/api/v1/jobs"');
  });

  test('has the shape of MLflow below its prefixes', async () => {
    expect(await server.mlflow('GET', 'runs/get?run_id=a')).toMatchObject({
      status: 500,
      json: { error_code: 'INTERNAL_ERROR' },
    });
  });

  test('may be anything that can be thrown', async () => {
    for (const thrown of [undefined, null, 'text', { code: 'A', status: 400 }, new TypeError()]) {
      vi.spyOn(server.context.jobs, 'list').mockRejectedValue(thrown);
      expect((await server.get('/api/v1/jobs')).status).toBe(500);
    }
  });

  test('that calls itself a status of HTTP is still ours', async () => {
    const error = Object.assign(new Error('inside'), { statusCode: 404, code: 'UND_ERR' });
    vi.spyOn(server.context.jobs, 'list').mockRejectedValue(error);
    expect(await server.get('/api/v1/jobs')).toMatchObject({ status: 500 });
  });
});

describe('an error in the middle of an answer', () => {
  const artifact = '/api/2.0/mlflow-artifacts/artifacts/0/a/artifacts/b';

  test('cuts it off, so that nobody takes it for whole, and is logged', async () => {
    async function* breaking() {
      yield Buffer.from('half');
      throw new Error('the disk is gone');
    }
    vi.spyOn(server.context.workspace.artifacts, 'read').mockResolvedValue({
      sizeBytes: 8,
      stream: Readable.from(breaking()),
    });
    const headers = { authorization: `Bearer ${server.token}` };
    const answer = await fetch(server.url + artifact, { headers });
    await expect(answer.text()).rejects.toThrow();
    expect(server.logLines.join('')).toContain('the disk is gone');
  });
});

describe('an error of the caller', () => {
  test('is told whole, with its details, and not logged', async () => {
    const error = Object.assign(new Error('what was wrong'), {
      code: 'SOME_CODE',
      status: 409,
      details: 'the last lines',
    });
    vi.spyOn(server.context.jobs, 'list').mockRejectedValue(error);
    expect(await server.get('/api/v1/jobs')).toMatchObject({
      status: 409,
      json: { error: { code: 'SOME_CODE', message: 'what was wrong', details: 'the last lines' } },
    });
    expect(failures()).toEqual([]);
  });

  test('is logged where it says that the server cannot', async () => {
    const error = Object.assign(new Error('disk full'), {
      code: 'DATABASE_DISK_FULL',
      status: 507,
    });
    vi.spyOn(server.context.jobs, 'list').mockRejectedValue(error);
    expect(await server.get('/api/v1/jobs')).toMatchObject({
      status: 507,
      json: { error: { code: 'DATABASE_DISK_FULL', message: 'disk full' } },
    });
    expect(failures()).toHaveLength(1);
  });
});

describe('no secret', () => {
  test('is in a log line or in the body of an error, whatever is asked', async () => {
    const model = await registerModel(server, 'secretive');
    const step = await server.step();
    await server.call('PUT', '/api/v1/endpoints/secretive', {
      payload: { model, environmentVariables: { PASSWORD: 'hunter2' } },
    });
    await server.context.endpoints.waitUntilSettled('secretive');
    const keys = await server.post('/api/v1/endpoints/secretive/listKeys');
    const primaryKey = textAt(keys, 'primaryKey');
    const secrets = [server.token, step.token, primaryKey, textAt(keys, 'secondaryKey'), 'hunter2'];

    vi.spyOn(server.context.jobs, 'list').mockRejectedValue(new Error('inside'));
    const texts: string[] = [];
    for (const token of [server.token, step.token, primaryKey, `${server.token}x`]) {
      for (const [method, url] of [
        ['GET', '/api/v1/jobs'],
        ['GET', '/api/v1/endpoints'],
        ['GET', '/nowhere'],
        ['GET', '/%'],
        ['GET', '/api/2.0/mlflow/runs/get?run_id=none'],
        ['POST', '/api/v1/data'],
        ['POST', '/api/v1/service/secretive/score'],
        ['POST', '/api/v1/service/none/score'],
        ['POST', '/api/v1/endpoints/secretive/listKeys'],
      ] as const) {
        const answer = await server.call(method, url, { token });
        if (answer.status >= 400) texts.push(answer.text);
      }
      const payload = { model: 5, environmentVariables: { PASSWORD: 'hunter2' }, codeId: token };
      texts.push((await server.call('PUT', '/api/v1/endpoints/other', { payload })).text);
    }
    expect(texts.length).toBeGreaterThan(20);
    expect(server.logLines.length).toBeGreaterThan(0);
    const told = [...texts, ...server.logLines].join('\n');
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });
});
