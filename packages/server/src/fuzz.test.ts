// Whatever is sent to a route, the answer is the caller's mistake or a success, never the server's
// failure. Bodies are made from the route's own schema, so that they get past its front door.
import fc from 'fast-check';
import type { RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzRuns } from '../test/fuzzing.ts';
import { routesOf } from '../test/registered-routes.ts';
import { type Answer, TestApp } from '../test/test-app.ts';

let server: TestApp;
let routes: readonly RouteOptions[];
let runId: string;

beforeAll(async () => {
  routes = await routesOf(async () => {
    server = await TestApp.open();
  });
  runId = await server.run();
  await server.mlflow('POST', 'registered-models/create', { name: 'm' });
});
afterAll(() => server.close());

/** Text of all sorts, some of it such as finds something. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\ud800', '\0', '‮', "'", '`', '%', '/', '..', '\n') }),
  fc.constantFrom('', '0', '1', 'm', 'latest', 'NaN', '__proto__', 'toString', 'a'.repeat(20_000)),
  fc.constantFrom("name = 'm'", 'metrics.m > 1', 'attributes.status', 'm ASC'),
  fc.constant(null).map(() => runId),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(2 ** 53, 1e308, -0));
const anything = fc.oneof(fc.jsonValue({ maxDepth: 4 }), text, number);

interface JsonSchema {
  readonly type?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
}

/** Values that fit a schema, mostly. */
function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: ofSchema(schema), weight: 12 }, { arbitrary: anything, weight: 1 });
}

function ofSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(fitting));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object': {
      const { properties, patternProperties = {} } = schema;
      const [values] = Object.values(patternProperties);
      if (properties === undefined) return fc.dictionary(text, values ? fitting(values) : anything);
      const made = Object.entries(properties).map(([key, inner]) => [key, fitting(inner)] as const);
      return fc.record(Object.fromEntries(made), { requiredKeys: [] });
    }
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: 4 });
    case 'integer':
    case 'number':
      return number;
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return text;
  }
}

/** The address with something in place of its names. */
const urlOf = (route: RouteOptions) =>
  fc
    .array(text, { minLength: 3, maxLength: 3 })
    .map((names) =>
      route.url.replace(/:\w+|\*/g, () => encodeURIComponent((names.pop() ?? '').toWellFormed())),
    );

function expectNoFailure(answer: Answer, sent: unknown): void {
  // What MLflow's clients may ask for and an artifact store need not have: 501 says that.
  if (answer.status === 501) {
    expect(answer.json).toMatchObject({ error_code: 'NOT_IMPLEMENTED' });
    return;
  }
  expect(answer.status, `${answer.text} for ${JSON.stringify(sent)}`).toBeLessThan(500);
}

const settings = { numRuns: fuzzRuns };

test('no JSON body makes a route fail', async () => {
  const withBody = routes.filter(({ schema }) => schema?.body !== undefined);
  expect(withBody.length).toBeGreaterThan(60);
  for (const route of withBody) {
    const body = fc.oneof(
      { arbitrary: fitting(route.schema?.body as TSchema), weight: 5 },
      { arbitrary: anything, weight: 1 },
    );
    await fc.assert(
      fc.asyncProperty(urlOf(route), body, async (url, sent) => {
        const payload = JSON.stringify(sent) ?? '';
        const headers = { 'content-type': 'application/json' };
        expectNoFailure(await server.call(String(route.method), url, { payload, headers }), sent);
      }),
      settings,
    );
  }
}, 120_000);

test('no query and no name in an address makes a route fail', async () => {
  // A stream of events has no end to wait for where its question is a good one.
  const readable = routes.filter(({ method, url }) => method === 'GET' && !url.endsWith('/events'));
  for (const route of readable) {
    const { properties = {} } = (route.schema?.querystring ?? {}) as JsonSchema;
    const query = fc.record(
      Object.fromEntries(Object.keys(properties).map((name) => [name, text])),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(urlOf(route), query, async (url, sent) => {
        const asked = Object.entries(sent).map(([name, value = '']) => [
          name,
          value.toWellFormed(),
        ]);
        expectNoFailure(await server.get(`${url}?${new URLSearchParams(asked)}`), [url, sent]);
      }),
      settings,
    );
  }
}, 120_000);

test('no value of the header for tokens makes a route fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (authorization) => {
      const headers = { authorization };
      const answer = await server.get('/api/v1/jobs', { token: null, headers });
      expect(answer.status).toBe(401);
    }),
  );
});

test('after all this nothing was logged as a failure', () => {
  expect(server.logLines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
});
