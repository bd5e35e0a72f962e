import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectLog } from '../../test/collected-log.ts';
import { expectedScores, makeModelFolder } from '../../test/fixture-model.ts';
import { fixturePath } from '../../test/fixture-path.ts';
import { type ScoringServer, startScoringServer } from './scoring-server.ts';
import type { ScoringServerOptions } from './scoring-server-options.ts';

const json = { 'content-type': 'application/json' };
const log = collectLog();
const servers: ScoringServer[] = [];
let modelFolder: string;
let plain: ScoringServer;
let keyed: ScoringServer;

beforeAll(async () => {
  modelFolder = await makeModelFolder();
  plain = await start({});
  keyed = await start({ keys: ['first-key', 'second-key'], modelName: 'm', modelVersion: '7' });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

async function start(options: Partial<ScoringServerOptions>): Promise<ScoringServer> {
  const server = await startScoringServer({ modelFolder, port: 0, log, ...options });
  servers.push(server);
  return server;
}

function post(server: ScoringServer, body: string, headers: Record<string, string> = {}) {
  return fetch(`${server.url}/score`, { method: 'POST', body, headers: { ...json, ...headers } });
}

describe('a model without a script', () => {
  test('answers {"data": [[…]]} with {"result": […]} and the time it took', async () => {
    const data = [
      [1, 2, 3],
      [3, 2, 1],
    ];
    const answer = await post(plain, JSON.stringify({ data }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-ms-run-fn-exec-ms')).toMatch(/^\d+\.\d{3}$/);
    expect(await answer.json()).toEqual({ result: expectedScores(data) });
  });

  test('gives exactly the scores of model.predict, for any rows', async () => {
    const feature = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    const rows = fc.array(fc.array(feature, { minLength: 3, maxLength: 3 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (data) => {
        const answer = await post(plain, JSON.stringify({ data }));
        const sent = JSON.parse(JSON.stringify(data));
        expect(await answer.json()).toEqual({ result: expectedScores(sent) });
      }),
      { numRuns: 60 },
    );
  });

  test('takes the rows of a GET from its query', async () => {
    const answer = await fetch(`${plain.url}/score?data=[[1,2,3]]`);
    expect(await answer.json()).toEqual({ result: expectedScores([[1, 2, 3]]) });
    const wrong = await fetch(`${plain.url}/score?data=hello`);
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toEqual({ message: 'data must be array, not string' });
  });

  test('logs one object per request, by the names of the seed', async () => {
    await post(plain, '{"data": [[1,2,3],[1,2,3]]}', {
      'x-request-id': 'log-me',
      'x-ms-request-id': 'theirs',
      traceparent: '00-11-22-00',
    });
    expect(log.infos).toContain(
      'log-me | {"RequestId":"theirs","TraceParent":"00-11-22-00","NumberOfPredictions":2}',
    );
  });

  test('a score that overflows is the request’s fault, by row', async () => {
    const answer = await post(plain, '{"data": [[1,2,3],[1.7e308,-1.7e308,0]]}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(/^data\/1 gives a score/),
    });
  });
});

describe('every answer', () => {
  test('carries the ids that came in, also when it is an error', async () => {
    const ids = {
      'x-request-id': 'r1',
      'x-ms-request-id': 'r2',
      'x-ms-client-request-id': 'r3',
    };
    for (const body of ['{"data": []}', 'nonsense']) {
      const { headers } = await post(plain, body, ids);
      expect(Object.fromEntries(headers)).toMatchObject(ids);
      expect(headers.get('x-ms-server-version')).toMatch(/^ridgeline\/\d/);
    }
  });

  test('is 431 for an id over 100 characters, which is not repeated', async () => {
    const answer = await post(plain, '{}', { 'x-ms-client-request-id': 'i'.repeat(101) });
    expect(answer.status).toBe(431);
    expect(answer.headers.get('x-ms-client-request-id')).toHaveLength(36);
    expect(await answer.json()).toEqual({
      message: 'x-ms-client-request-id must not exceed 100 characters',
    });
  });
});

describe('routes', () => {
  test('GET / is Healthy', async () => {
    const answer = await fetch(`${plain.url}/`);
    expect([answer.status, await answer.text()]).toEqual([200, 'Healthy']);
  });

  test.each([
    ['/', 'POST', 'GET, HEAD'],
    ['/score', 'PUT', 'GET, OPTIONS, POST'],
    ['/swagger.json', 'DELETE', 'GET, HEAD'],
  ])('%s does not take %s, and says what it takes', async (path, method, allow) => {
    const answer = await fetch(plain.url + path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(await answer.json()).toEqual({ message: `Method not allowed: use ${allow}` });
  });

  test('OPTIONS /score is 200 and needs no key', async () => {
    const answer = await fetch(`${keyed.url}/score`, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, 'GET, OPTIONS, POST']);
  });

  test.each(['/nothing', '/score/', '/%73core', '//score'])('%s is 404', async (path) => {
    const answer = await fetch(plain.url + path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toHaveProperty('message');
  });
});

describe('keys', () => {
  const body = '{"data": [[1,2,3]]}';

  test.each(['first-key', 'second-key'])('%s is let in', async (key) => {
    const answer = await post(keyed, body, { authorization: `Bearer ${key}` });
    expect(answer.status).toBe(200);
  });

  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer third-key' }],
  ])('%s is 401, for /score and /swagger.json', async (_name, headers: Record<string, string>) => {
    const answers = [
      await post(keyed, body, headers),
      await fetch(`${keyed.url}/swagger.json`, { headers }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.json()).toEqual({ message: expect.stringContaining('Authorization') });
    }
  });

  test('the health check needs none', async () => {
    expect((await fetch(`${keyed.url}/`)).status).toBe(200);
  });

  test('no key, right or wrong, is in the log', () => {
    expect([...log.infos, ...log.errors].join('\n')).not.toMatch(/(first|second|third)-key/);
  });
});

describe('/swagger.json', () => {
  const headers = { authorization: 'Bearer first-key' };

  test.each(['', '?version=2'])('%j gives Swagger 2.0', async (query) => {
    const answer = await fetch(`${keyed.url}/swagger.json${query}`, { headers });
    const document = await readDocument(answer);
    expect(document).toMatchObject({ swagger: '2.0', info: { title: 'm', version: '7' } });
    expect(operationIds(document)).toEqual([
      'ServiceHealthCheck',
      'RunMLService',
      'GetSwaggerSpec',
    ]);
    expect(Object.keys(document.definitions ?? {})).toEqual([
      'ServiceInput',
      'ServiceOutput',
      'ErrorResponse',
    ]);
    const data = {
      description: expect.stringContaining('3 numbers, in this order: AGE, BMI, BP'),
      items: { minItems: 3, maxItems: 3 },
    };
    expect(document).toMatchObject({
      securityDefinitions: { Bearer: { type: 'apiKey', in: 'header' } },
      definitions: { ServiceInput: { properties: { data } } },
    });
  });

  test('?version=3 gives OpenAPI 3.0', async () => {
    const answer = await fetch(`${keyed.url}/swagger.json?version=3`, { headers });
    const document = await readDocument(answer);
    expect(operationIds(document)).toEqual([
      'ServiceHealthCheck',
      'RunMLService',
      'GetSwaggerSpec',
    ]);
    const schema = { $ref: '#/components/schemas/ServiceInput' };
    const requestBody = { content: { 'application/json': { schema } } };
    expect(document).toMatchObject({
      openapi: '3.0.3',
      paths: { '/score': { post: { requestBody } } },
    });
    expect(Object.keys(document.components?.schemas ?? {})).toHaveLength(3);
  });

  test.each(['1', '3.1', 'x', ''])('version %j is 404', async (version) => {
    const answer = await fetch(`${plain.url}/swagger.json?version=${version}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      message: `Swagger version [${version}] is not supported; use version=2 or version=3`,
    });
  });

  test('paths carry the prefix that callers use', async () => {
    const server = await start({ servicePathPrefix: '/api/v1/service/d' });
    const document = await readDocument(await fetch(`${server.url}/swagger.json`));
    expect(Object.keys(document.paths)).toContain('/api/v1/service/d/score');
  });
});

describe('a script', () => {
  let scripted: ScoringServer;
  let misbehaving: ScoringServer;

  beforeAll(async () => {
    scripted = await start({ scriptPath: fixturePath('scripts/good.ts') });
    const scriptPath = fixturePath('scripts/misbehaving.ts');
    misbehaving = await start({ scriptPath, scoringTimeoutMs: 150 });
  });

  test('gets the data and answers, its model folder in AZUREML_MODEL_DIR', async () => {
    const answer = await post(scripted, '{"data": [1, 2]}');
    expect(await answer.json()).toEqual({ result: [2, 4] });
    expect(process.env.AZUREML_MODEL_DIR).toBe(modelFolder);
  });

  test('its schema guards its door', async () => {
    const answer = await post(scripted, '{"data": [1, "2"]}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: 'data/1 must be number, not string' });
  });

  test('a property’s name cannot forge a line of the log', async () => {
    const body = JSON.stringify({ data: [], 'x\nforged | 200': 1 });
    const answer = await post(scripted, body, { 'x-request-id': 'forger' });
    expect(answer.status).toBe(400);
    const logged = log.errors.find((line) => line.startsWith('forger'));
    expect(logged).toMatch(/must NOT have additional properties: 'x forged | 200'$/);
    expect(logged).not.toContain('\n');
  });

  test.each(['throws', 'rejects', 'nothing', 'text', 'cycle', 'bigint', 'throws-status', 'other'])(
    'a run that %s is 500 with the sentence of Azure’s server, its cause only in the log',
    async (data) => {
      const id = `run-${data}`;
      const answer = await post(misbehaving, JSON.stringify({ data }), { 'x-request-id': id });
      expect(answer.status).toBe(500);
      expect(answer.headers.get('x-ms-run-function-failed')).toBe('True');
      expect(await answer.json()).toEqual({
        message: 'An unexpected error occurred in scoring script. Check the logs for more info.',
      });
      const logged = log.errors.find((line) => line.startsWith(id));
      expect(logged).toMatch(/500 SCORING_SCRIPT_RUN_FAILED.*\n(Type)?Error: ./);
    },
  );

  test.each(['never', 'blocks'])('a run that %s past the limit is a timeout', async (data) => {
    const answer = await post(misbehaving, JSON.stringify({ data }));
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-ms-run-function-failed')).toBe('True');
    expect(await answer.json()).toEqual({ message: 'Scoring timeout after 150 ms' });
  });
});

describe('starting', () => {
  test('a port in use is said so', async () => {
    await expect(start({ port: plain.port })).rejects.toMatchObject({
      code: 'SCORING_ADDRESS_NOT_AVAILABLE',
      status: 409,
      message: expect.stringContaining(`port ${plain.port} of 127.0.0.1 is in use`),
    });
  });

  test('an address of another machine is said so', async () => {
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'SCORING_ADDRESS_NOT_AVAILABLE',
      message: expect.stringContaining('not an address of this machine'),
    });
  });

  test('a missing model folder is said so, with and without a script', async () => {
    await expect(start({ modelFolder: '/nowhere' })).rejects.toMatchObject({ status: 404 });
    const scriptPath = fixturePath('scripts/good.ts');
    await expect(start({ modelFolder: '/nowhere', scriptPath })).rejects.toMatchObject({
      code: 'SCORING_MODEL_FOLDER_NOT_FOUND',
    });
  });
});

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
  readonly definitions?: Readonly<Record<string, unknown>>;
  readonly components?: { readonly schemas: Readonly<Record<string, unknown>> };
}

async function readDocument(answer: Response): Promise<Document> {
  return (await answer.json()) as Document;
}

function operationIds({ paths }: Document): string[] {
  return Object.values(paths).flatMap((path) => Object.values(path).map((o) => o.operationId));
}
