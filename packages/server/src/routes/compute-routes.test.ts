import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let name: string;
let count = 0;

const address = '/api/v1/computes';

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(() => {
  count += 1;
  name = `cluster-${count}`;
});

describe('a compute', () => {
  test('is made once (201), and then found as it is (200)', async () => {
    const made = await server.post(address, { name, maxInstances: 2, size: 'STANDARD_DS12_V2' });
    expect(made).toMatchObject({
      status: 201,
      json: { name, kind: 'local', maxInstances: 2, size: 'STANDARD_DS12_V2', state: 'Succeeded' },
    });
    const found = await server.post(address, { name: name.toUpperCase(), maxInstances: 9 });
    expect(found).toMatchObject({ status: 200, json: made.json });
    expect((await server.get(`${address}/${name}`)).json).toEqual(made.json);
  });

  test("is in the list, after 'local'", async () => {
    await server.post(address, { name });
    const { json } = await server.get(address);
    const names = (json as { value: { name: string }[] }).value.map((compute) => compute.name);
    expect(names[0]).toBe('local');
    expect(names).toContain(name);
  });

  test('is changed in what is named, and deleted', async () => {
    await server.post(address, { name, tags: { team: 'a' } });
    const payload = { maxInstances: 8 };
    const changed = await server.call('PATCH', `${address}/${name}`, { payload });
    expect(changed).toMatchObject({
      status: 200,
      json: { maxInstances: 8, tags: { team: 'a' } },
    });
    expect((await server.call('DELETE', `${address}/${name}`)).status).toBe(204);
    expect((await server.get(`${address}/${name}`)).status).toBe(404);
  });

  test("called 'local' is always there, and stays as it is", async () => {
    expect((await server.post(address, { name: 'local' })).status).toBe(200);
    const payload = { maxInstances: 1 };
    for (const answer of [
      await server.call('PATCH', `${address}/local`, { payload }),
      await server.call('DELETE', `${address}/LOCAL`),
    ]) {
      expect(answer).toMatchObject({ status: 409, json: { error: { code: 'COMPUTE_BUILT_IN' } } });
    }
  });
});

describe('a compute of Databricks', () => {
  const properties = { workspaceUrl: 'https://one.example', clusterId: 'c', secretName: 'token' };

  async function contributor(): Promise<string> {
    const answer = await server.post('/api/v1/tokens', { name: 'c', role: 'Contributor' });
    return textAt(answer, 'token');
  }

  test('is made by owners alone: it says where a secret is sent', async () => {
    const token = await contributor();
    const wanted = { name, kind: 'databricks', properties };
    expect(await server.post(address, wanted, { token })).toMatchObject({
      status: 403,
      json: { error: { code: 'PERMISSION_DENIED' } },
    });
    expect((await server.post(address, wanted)).status).toBe(201);
    expect((await server.post(address, wanted, { token })).status).toBe(200);
  });

  test('is moved by owners alone', async () => {
    const token = await contributor();
    await server.post(address, { name, kind: 'databricks', properties });
    const moved = { ...properties, workspaceUrl: 'https://evil.example' };
    const patch = (payload: object) =>
      server.call('PATCH', `${address}/${name}`, { token, payload });
    expect((await patch({ properties: moved })).status).toBe(403);
    expect((await patch({ maxInstances: 2 })).status).toBe(200);
    expect((await server.get(`${address}/${name}`)).json).toMatchObject({ properties });
    const payload = { properties: moved };
    expect((await server.call('PATCH', `${address}/${name}`, { payload })).status).toBe(200);
  });
});

test.each([
  ['no name', {}, 400, "Missing value for required parameter 'name'"],
  ['a name that is none', { name: 'a_b' }, 400, 'COMPUTE_NAME_INVALID'],
  ['an unknown property', { name: 'cpu', colour: 'red' }, 400, "'colour' is not known"],
  ['a count that is text', { name: 'cpu', maxInstances: '4' }, 400, 'maxInstances'],
  ['more than 1,000', { name: 'cpu', maxInstances: 1_001 }, 400, 'from 0 to 1000'],
  ['a kind that is none', { name: 'cpu', kind: 'cloud' }, 400, 'kind'],
  ['a property of its prototype', '{"name":"cpu","__proto__":{"a":1}}', 400, 'not valid JSON'],
])('%s is refused', async (_name, compute, status, words) => {
  const answer = await server.post(address, compute);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(words);
  expect((await server.get(`${address}/cpu`)).status).toBe(404);
});
