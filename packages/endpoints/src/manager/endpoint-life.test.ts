// The plain life of an endpoint with a real scoring process behind it.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, isAlive, TestManager } from '../testing/manager.fixture.ts';
import { answering, scriptWith } from '../testing/scripts.fixture.ts';

let test: TestManager;

beforeAll(async () => {
  test = await TestManager.open();
});
afterAll(() => test.remove());

it('a new endpoint is being created at once, and soon scores', async () => {
  const spec = { ...(await test.specOf(answering('A'))), description: 'd', tags: { team: 'x' } };
  expect(await test.manager.createOrUpdate('diabetes', spec)).toEqual({
    name: 'diabetes',
    provisioningState: 'Creating',
    scoringUri: 'http://localhost:8080/api/v1/service/diabetes/score',
    swaggerUri: 'http://localhost:8080/api/v1/service/diabetes/swagger.json',
    authMode: 'key',
    description: 'd',
    tags: { team: 'x' },
    deployments: [
      {
        name: 'blue',
        model: { name: 'weights', version: '1' },
        scoringScript: 'scoring/score.ts',
        traffic: 0,
        state: 'Starting',
      },
    ],
    error: null,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect((await test.score('diabetes')).status).toBe(503);

  expect(await test.manager.waitUntilSettled('diabetes')).toMatchObject({
    provisioningState: 'Succeeded',
    deployments: [{ name: 'blue', traffic: 100, state: 'Ready' }],
    error: null,
  });
  expect(await test.score('diabetes')).toMatchObject({
    status: 200,
    deployment: 'blue',
    text: expect.stringContaining('"result":"A"'),
  });
});

it('its health is open to all, its swagger needs a key', async () => {
  const { primaryKey } = await test.manager.keys('diabetes');
  expect(await test.request('diabetes', 'GET', '/')).toMatchObject({
    status: 200,
    text: 'Healthy',
  });
  expect((await test.request('diabetes', 'GET', '/swagger.json')).status).toBe(401);
  const swagger = await test.request('diabetes', 'GET', '/swagger.json', primaryKey);
  expect(JSON.parse(swagger.text)).toMatchObject({
    swagger: '2.0',
    paths: { '/api/v1/service/diabetes/score': { post: expect.anything() } },
    definitions: { ServiceInput: { properties: { data: { type: 'array' } } } },
  });
});

it('both keys let in, and a new one ends the old one only', async () => {
  const before = await test.manager.keys('diabetes');
  expect(before.primaryKey).not.toBe(before.secondaryKey);
  expect((await test.score('diabetes', before.secondaryKey)).status).toBe(200);

  const after = await test.manager.regenerateKey('diabetes', 'Primary');
  expect(after.secondaryKey).toBe(before.secondaryKey);
  expect(await test.manager.keys('diabetes')).toEqual(after);
  expect((await test.score('diabetes', before.primaryKey)).status).toBe(401);
  expect((await test.score('diabetes', after.primaryKey)).status).toBe(200);
  expect((await test.score('diabetes', after.secondaryKey)).status).toBe(200);
});

it('a key of another kind cannot be made', async () => {
  // @ts-expect-error: what an HTTP body may hold
  await expect(test.manager.regenerateKey('diabetes', 'Third')).rejects.toMatchObject({
    code: 'KEY_TYPE_INVALID',
    status: 400,
  });
});

it('a key never shows in a log', async () => {
  const { primaryKey } = await test.manager.keys('diabetes');
  await test.score('diabetes', primaryKey);
  const logs = await test.manager.logs('diabetes');
  expect(logs).toContain('ready');
  expect(logs).not.toContain(primaryKey);
});

it('a body over the limit is refused by the instance', async () => {
  const { primaryKey } = await test.manager.keys('diabetes');
  const body = `{"data":["${'x'.repeat(101 * 1024 * 1024)}"]}`;
  const answer = await test.request('diabetes', 'POST', '/score', primaryKey, body);
  expect(answer.status).toBe(413);
});

it('the script gets its environment variables, its own code folder and its headers', async () => {
  const script = scriptWith(`
    console.log('a line of the script');
    return { level: process.env.LEVEL, token: process.env.RIDGELINE_SCORING_KEYS ?? null,
             url: import.meta.url, type: requestHeaders['content-type'] };`);
  await test.deploy('with-environment', script, { environmentVariables: { LEVEL: 'debug' } });
  expect(JSON.parse((await test.score('with-environment')).text)).toEqual({
    level: 'debug',
    token: null,
    url: expect.stringContaining('/endpoints/with-environment/1/code/scoring/score.ts'),
    type: 'application/json',
  });
  // The log comes through a pipe, so a moment later than the answer.
  await eventually(() => test.manager.logs('with-environment')).toContain('a line of the script');
});

it('a model scores without a script, by its own signature', async () => {
  const spec = { codeId: undefined, scoringScript: undefined, model: 'azureml:weights@latest' };
  await test.deploy('scriptless', '', spec);
  const { primaryKey } = await test.manager.keys('scriptless');
  const body = '{"data":[[10,1],[20,2]]}';
  const answer = await test.request('scriptless', 'POST', '/score', primaryKey, body);
  expect(answer.status).toBe(200);
  const { result } = JSON.parse(answer.text);
  expect(result[0]).toBeCloseTo(24, 9);
  expect(result[1]).toBeCloseTo(47, 9);
  await test.manager.delete('scriptless');
});

it('endpoints are listed by name', async () => {
  const names = (await test.manager.list()).map(({ name }) => name);
  expect(names).toEqual(['diabetes', 'with-environment']);
});

it('a deleted endpoint leaves no process, folder or key behind', async () => {
  const pid = await test.pid('diabetes');
  const keys = await test.manager.keys('diabetes');
  await Promise.all([test.manager.delete('diabetes'), test.manager.delete('diabetes')]);
  expect(isAlive(pid)).toBe(false);
  expect(await readdir(join(test.folder, 'endpoints'))).toEqual(['with-environment']);
  await expect(test.manager.get('diabetes')).rejects.toMatchObject({
    code: 'ENDPOINT_NOT_FOUND',
    status: 404,
  });
  await expect(test.manager.keys('diabetes')).rejects.toMatchObject({ status: 404 });
  expect((await test.score('diabetes', keys.primaryKey)).status).toBe(404);

  await test.deploy('diabetes', answering('again'));
  expect((await test.score('diabetes', keys.primaryKey)).status).toBe(401);
  expect((await test.score('diabetes')).status).toBe(200);
  expect(test.errors).toEqual([]);
});
