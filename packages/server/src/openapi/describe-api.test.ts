// The description of the API, checked against the rules of OpenAPI 3.1 that its tools trip over, and
// against the routes that there are.
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../test/registered-routes.ts';
import { TestApp } from '../../test/test-app.ts';
import { historyAddresses } from '../azureml/addresses.ts';
import { version } from '../version.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> };
  readonly security: Operation['security'];
}

let server: TestApp;
let routes: readonly RouteOptions[];
let document: Document;
let operations: readonly (readonly [string, Operation])[];

beforeAll(async () => {
  routes = await routesOf(async () => {
    server = await TestApp.open();
  });
  document = (await server.get('/openapi.json', { token: null })).json as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, each]) => [`${method.toUpperCase()} ${path}`, each] as const,
    ),
  );
});
afterAll(() => server.close());

test('it is of OpenAPI 3.1, and says what it describes', () => {
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Ridgeline', version } });
});

test('it has every route, and only routes', () => {
  const registered = routes
    .filter(({ method }) => method !== 'HEAD')
    .map(({ method, url }) => `${method} ${url.replace('*', ':path').replace(/:(\w+)/g, '{$1}')}`);
  expect(operations.map(([name]) => name).toSorted()).toEqual(registered.toSorted());
});

describe('every operation', () => {
  test('has an id of its own that can be the name of a function', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
  });

  test('has a summary and one tag', () => {
    const bare = operations.filter(([, { summary, tags }]) => !summary || tags?.length !== 1);
    expect(bare).toEqual([]);
  });

  test('declares each name in its path once, as required, and nothing else as a path', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map((parameter) => parameter.name).toSorted(), name).toEqual(
        inPath.toSorted(),
      );
      expect(
        declared.every(({ required }) => required),
        name,
      ).toBe(true);
    }
  });

  test('has parameters of one name once, each with a schema', () => {
    for (const [name, { parameters = [] }] of operations) {
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size, name).toBe(names.length);
      expect(
        parameters.every(({ schema }) => typeof schema === 'object'),
        name,
      ).toBe(true);
    }
  });

  test('has answers for success and for error, each described', () => {
    for (const [name, { responses }] of operations) {
      expect(Object.keys(responses).toSorted(), name).toEqual(['2XX', 'default']);
      for (const { description } of Object.values(responses)) expect(description).not.toBe('');
    }
  });

  test('names only security schemes that there are', () => {
    const known = Object.keys(document.components.securitySchemes);
    const named = [document.security, ...operations.map(([, { security }]) => security)];
    const schemes = named.flatMap((needs = []) => needs.flatMap((need) => Object.keys(need)));
    expect(schemes.filter((scheme) => !known.includes(scheme))).toEqual([]);
  });

  test('asks for a token, unless it is open to anyone or asks for a key', () => {
    // Below a tenant is where tokens come from.
    const others = operations.filter(
      ([name, { security }]) => security !== undefined && !name.includes(' /{tenant}/'),
    );
    expect(Object.fromEntries(others.map(([name, { security }]) => [name, security]))).toEqual({
      'GET /health': [],
      'GET /version': [],
      // The address is signed.
      'PUT /api/2.0/mlflow-artifacts/parts/{uploadId}/{part}': [],
      'PUT /ajax-api/2.0/mlflow-artifacts/parts/{uploadId}/{part}': [],
      'GET /openapi.json': [],
      'GET /.well-known/oauth-protected-resource': [],
      'GET /history/v1.0/content/{runId}': [],
      'GET /pipelines/swagger/pipelineendpointsubmit/swagger.json': [],
      'POST /api/v1/delivery-pipelines/{name}/hooks': [],
      'POST /api/v1/delivery-pipelines/{name}/hooks/{alias}': [],
      'GET /api/v1/service/{name}/': [],
      'GET /api/v1/service/{name}/swagger.json': [{ endpointKey: [] }],
      'GET /api/v1/service/{name}/score': [{ endpointKey: [] }],
      'POST /api/v1/service/{name}/score': [{ endpointKey: [] }],
      'OPTIONS /api/v1/service/{name}/score': [{ endpointKey: [] }],
    });
    expect(document.security).toEqual([{ token: [] }, { tokenAsPassword: [] }]);
  });
});

test('the errors have the shape of their API', () => {
  const errorOf = (name: string) => {
    const [, operation] = operations.find(([each]) => each === name) ?? [];
    return JSON.stringify(operation?.responses.default);
  };
  expect(errorOf('GET /api/v1/jobs')).toContain('"required":["code","message"]');
  expect(errorOf('GET /api/2.0/mlflow/runs/get')).toContain('"required":["error_code","message"]');
  expect(errorOf(`GET ${historyAddresses.run.replace(/:(\w+)/g, '{$1}')}`)).toContain(
    '"required":["Error"]',
  );
});

test('bodies that are streamed are described as bytes', () => {
  const body = document.paths['/api/v1/code']?.post?.requestBody;
  expect(body).toMatchObject({ content: { 'application/x-tar': { schema: { type: 'string' } } } });
});

test('it holds no reference that leads nowhere', () => {
  expect(JSON.stringify(document)).not.toContain('"$ref"');
});
