// Model management and the swagger document, as Azure ML's clients ask for them; and MLflow below a
// workspace.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servicesPath, workspacePath } from '../../test/azureml.ts';
import { registerModel } from '../../test/model-version.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await TestApp.open();
  const model = await registerModel(server, 'prices');
  await server.context.endpoints.createOrUpdate('prices', { model, tags: { team: 'a' } });
  await server.context.endpoints.waitUntilSettled('prices');
}, 60_000);
afterAll(() => server.close());

describe('a service', () => {
  test('is an endpoint, with its address and state', async () => {
    expect((await server.get(`${servicesPath}/prices`)).json).toMatchObject({
      id: 'prices',
      name: 'prices',
      kvTags: { team: 'a' },
      state: 'Healthy',
      scoringUri: expect.stringMatching(/\/api\/v1\/service\/prices\/score$/),
      authEnabled: true,
      aadAuthEnabled: false,
      error: null,
    });
    expect((await server.get(servicesPath)).json).toMatchObject({ value: [{ name: 'prices' }] });
  });

  test('is called with the key that is listed', async () => {
    const service = await server.get(`${servicesPath}/prices`);
    const keys = await server.post(`${servicesPath}/prices/listKeys`);
    const answer = await fetch(textAt(service, 'scoringUri'), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${textAt(keys, 'primaryKey')}`,
        'content-type': 'application/json',
      },
      body: '{"data": [[1, 1]]}',
    });
    const { result } = (await answer.json()) as { result: readonly number[] };
    expect(result[0]).toBeCloseTo(6);
  });

  test('that is not there is 404', async () => {
    const refused = { status: 404, json: { Error: { Code: 'EndpointNotFound' } } };
    expect(await server.get(`${servicesPath}/none`)).toMatchObject(refused);
    expect(await server.post(`${servicesPath}/none/listkeys`)).toMatchObject(refused);
  });
});

describe('the swagger document', () => {
  interface Document {
    readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
    readonly definitions: Readonly<Record<string, unknown>>;
    readonly [key: string]: unknown;
  }
  interface Operation {
    readonly operationId: string;
    readonly parameters: readonly { readonly name: string; readonly in: string }[];
    readonly responses: Readonly<Record<string, { readonly description: string }>>;
  }
  let document: Document;
  beforeAll(async () => {
    const path = '/pipelines/swagger/pipelineendpointsubmit/swagger.json';
    document = (await server.get(path, { token: null })).json as Document;
  });

  test('is of Swagger 2, for this server', () => {
    expect(document).toMatchObject({
      swagger: '2.0',
      info: { title: expect.any(String), version: expect.any(String) },
      basePath: '/',
      schemes: ['http'],
      security: [{ Bearer: [] }],
    });
    expect(document.host).toBe('localhost:80');
  });

  test('declares each name in its path, and one body', () => {
    for (const [path, { post }] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = post.parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(named);
      expect(post.parameters.filter((parameter) => parameter.in === 'body')).toHaveLength(1);
      expect(Object.values(post.responses).every(({ description }) => description !== '')).toBe(
        true,
      );
    }
  });

  test('holds every definition that it refers to', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/definitions\/(\w+)"/g);
    for (const [, name = ''] of references)
      expect(Object.keys(document.definitions)).toContain(name);
  });

  test('has schemas of the types that Swagger 2 knows', () => {
    const types = [...JSON.stringify(document).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
    const known = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'apiKey'];
    expect([...new Set(types)].filter((type) => !known.includes(String(type)))).toEqual([]);
  });
});

describe('MLflow below a workspace', () => {
  const path = `/mlflow/v1.0${workspacePath}/api/2.0/mlflow`;

  test('is the same as at the root', async () => {
    const { json } = await server.post(`${path}/experiments/create`, { name: 'below' });
    const asked = 'experiments/get-by-name?experiment_name=below';
    const atRoot = await server.mlflow('GET', asked);
    expect((await server.get(`${path}/${asked}`)).json).toEqual(atRoot.json);
    expect(atRoot.json).toMatchObject({ experiment: json });
  });

  test('asks for a token, and answers in MLflow’s shape', async () => {
    expect(await server.get(`${path}/runs/get?run_id=x`, { token: null })).toMatchObject({
      status: 401,
      json: { error_code: 'UNAUTHENTICATED' },
    });
    expect(await server.get(`${path}/runs/get?run_id=x`)).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
  });

  test('of another workspace is not there', async () => {
    const other = path.replace('/workspaces/ridgeline', '/workspaces/other');
    expect((await server.get(`${other}/experiments/search?max_results=1`)).status).toBe(404);
  });
});
