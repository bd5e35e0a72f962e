// Names, paths and references that must not get anywhere, and must change nothing.

import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EndpointSpec } from '../index.ts';
import { TestManager } from '../testing/manager.fixture.ts';
import { answering } from '../testing/scripts.fixture.ts';

let test: TestManager;
let spec: EndpointSpec;

beforeAll(async () => {
  test = await TestManager.open();
  spec = await test.specOf(answering('A'));
});
afterAll(() => test.remove());

async function expectRefused(name: string, wrong: unknown, error: object): Promise<void> {
  // What comes over HTTP is of any type.
  const creating = test.manager.createOrUpdate(name, wrong as EndpointSpec);
  await expect(creating).rejects.toMatchObject(error);
  expect(await test.manager.list()).toEqual([]);
  expect(await readdir(test.folder)).not.toContain('endpoints');
}

it.each(['..', '../../etc', 'a/b', 'ab', '', 'x'.repeat(33), '__proto__', 'a\0bc', '.hidden'])(
  'an endpoint named %j is refused',
  async (name) => {
    await expectRefused(name, spec, { code: 'ENDPOINT_NAME_INVALID', status: 400 });
  },
);

it.each([
  ['../../secrets.key', 'SCORING_SCRIPT_OUTSIDE_CODE', 400],
  ['/etc/passwd', 'SCORING_SCRIPT_OUTSIDE_CODE', 400],
  ['scoring/../../score.ts', 'SCORING_SCRIPT_OUTSIDE_CODE', 400],
  ['score.ts', 'SCORING_SCRIPT_NOT_FOUND', 400],
  ['scoring', 'SCORING_SCRIPT_NOT_FOUND', 400],
  ['scoring/score.ts/x', 'SCORING_SCRIPT_NOT_FOUND', 400],
])('the scoring script %j is refused', async (scoringScript, code, status) => {
  await expectRefused('diabetes', { ...spec, scoringScript }, { code, status });
});

it.each([
  ['weights:99', 404],
  ['nothing:1', 404],
  ['nothing@latest', 404],
  ['weights', 400],
])('the model %j is refused', async (model, status) => {
  await expectRefused('diabetes', { ...spec, model }, { status });
});

it('a model without a version is refused', async () => {
  await test.workspace.workspace.models.createRegisteredModel({ name: 'empty' });
  await expectRefused(
    'diabetes',
    { ...spec, model: 'empty@latest' },
    {
      code: 'MODEL_VERSION_NOT_FOUND',
      status: 404,
    },
  );
});

it.each(['0'.repeat(64), '../../datastores', ''])('the code id %j is refused', async (codeId) => {
  await expectRefused('diabetes', { ...spec, codeId }, { code: 'CODE_NOT_FOUND', status: 404 });
});

it('a spec with traffic is refused, as this is not supported yet', async () => {
  await expectRefused(
    'diabetes',
    { ...spec, traffic: { blue: 100 } },
    {
      code: 'ENDPOINT_SPEC_INVALID',
    },
  );
});

it.each(['../diabetes', '__proto__', 'constructor', 'missing'])(
  'nothing is found under the name %j',
  async (name) => {
    const notFound = { code: 'ENDPOINT_NOT_FOUND', status: 404 };
    await expect(test.manager.get(name)).rejects.toMatchObject(notFound);
    await expect(test.manager.delete(name)).rejects.toMatchObject(notFound);
    await expect(test.manager.keys(name)).rejects.toMatchObject(notFound);
    await expect(test.manager.regenerateKey(name, 'Primary')).rejects.toMatchObject(notFound);
    await expect(test.manager.logs(name)).rejects.toMatchObject(notFound);
    await expect(test.manager.waitUntilSettled(name)).rejects.toMatchObject(notFound);
    expect((await test.request(name, 'POST', '/score', 'key')).status).toBe(404);
  },
);

it('a name that differs in case only is refused', async () => {
  await test.deploy('diabetes', answering('A'));
  await expect(test.manager.createOrUpdate('Diabetes', spec)).rejects.toMatchObject({
    code: 'ENDPOINT_NAME_IN_USE',
    status: 409,
  });
  expect(await test.manager.list()).toHaveLength(1);
});

it('a path of a request cannot leave the instance', async () => {
  const { primaryKey } = await test.manager.keys('diabetes');
  for (const path of ['http://127.0.0.1:1/', 'score', '']) {
    expect((await test.request('diabetes', 'GET', path, primaryKey)).status).toBe(400);
  }
  expect((await test.request('diabetes', 'GET', '/../../etc/passwd', primaryKey)).status).toBe(404);
});

it('an endpoint that is being deleted takes no update and gives no keys', async () => {
  const deleting = test.manager.delete('diabetes');
  const refused = { code: 'ENDPOINT_BEING_DELETED', status: 409 };
  await expect(test.manager.createOrUpdate('diabetes', spec)).rejects.toMatchObject(refused);
  await expect(test.manager.keys('diabetes')).rejects.toMatchObject(refused);
  await deleting;
});
