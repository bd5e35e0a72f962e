// Who may do what: every role on every route. A route that is not in the table below fails here,
// so that nobody adds one without saying who may use it.
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../test/registered-routes.ts';
import { type Step, TestApp } from '../../test/test-app.ts';
import type { Access } from './access.ts';

const mlflowTable: Readonly<Record<string, Access>> = {
  'POST /mlflow/experiments/create': 'steps',
  'GET /mlflow/experiments/get': 'steps',
  'GET /mlflow/experiments/get-by-name': 'steps',
  'GET /mlflow/experiments/search': 'steps',
  'POST /mlflow/experiments/search': 'steps',
  'POST /mlflow/experiments/update': 'owner',
  'POST /mlflow/experiments/delete': 'owner',
  'POST /mlflow/experiments/restore': 'owner',
  'POST /mlflow/experiments/set-experiment-tag': 'steps',
  'POST /mlflow/runs/create': 'steps',
  'GET /mlflow/runs/get': 'steps',
  'POST /mlflow/runs/update': 'steps',
  'POST /mlflow/runs/search': 'steps',
  'POST /mlflow/runs/delete': 'owner',
  'POST /mlflow/runs/restore': 'owner',
  'POST /mlflow/runs/log-metric': 'steps',
  'POST /mlflow/runs/log-parameter': 'steps',
  'POST /mlflow/runs/set-tag': 'steps',
  'POST /mlflow/runs/delete-tag': 'steps',
  'POST /mlflow/runs/log-batch': 'steps',
  'POST /mlflow/runs/log-inputs': 'steps',
  'GET /mlflow/metrics/get-history': 'steps',
  'GET /mlflow/artifacts/list': 'steps',
  'POST /mlflow/logged-models/search': 'steps',
  'POST /mlflow/registered-models/create': 'steps',
  'GET /mlflow/registered-models/get': 'steps',
  'GET /mlflow/registered-models/search': 'steps',
  'GET /mlflow/registered-models/get-latest-versions': 'steps',
  'POST /mlflow/registered-models/get-latest-versions': 'steps',
  'POST /mlflow/registered-models/rename': 'owner',
  'PATCH /mlflow/registered-models/update': 'owner',
  'DELETE /mlflow/registered-models/delete': 'owner',
  'POST /mlflow/registered-models/set-tag': 'steps',
  'DELETE /mlflow/registered-models/delete-tag': 'owner',
  'POST /mlflow/registered-models/alias': 'steps',
  'GET /mlflow/registered-models/alias': 'steps',
  'DELETE /mlflow/registered-models/alias': 'owner',
  'POST /mlflow/model-versions/create': 'steps',
  'GET /mlflow/model-versions/get': 'steps',
  'GET /mlflow/model-versions/search': 'steps',
  'GET /mlflow/model-versions/get-download-uri': 'steps',
  'PATCH /mlflow/model-versions/update': 'owner',
  'DELETE /mlflow/model-versions/delete': 'owner',
  'POST /mlflow/model-versions/set-tag': 'steps',
  'DELETE /mlflow/model-versions/delete-tag': 'owner',
  'GET /mlflow-artifacts/artifacts': 'steps',
  'GET /mlflow-artifacts/artifacts/*': 'steps',
  'PUT /mlflow-artifacts/artifacts/*': 'steps',
  'DELETE /mlflow-artifacts/artifacts/*': 'steps',
};

const ownTable: Readonly<Record<string, Access>> = {
  'GET /': 'steps',
  'GET /health': 'anyone',
  'GET /version': 'anyone',
  'GET /openapi.json': 'anyone',
  'POST /api/v1/code': 'owner',
  'PUT /api/v1/datastores/:name/files/*': 'steps',
  'GET /api/v1/datastores/:name/files/*': 'steps',
  'POST /api/v1/data': 'steps',
  'GET /api/v1/data': 'steps',
  'GET /api/v1/data/:name': 'steps',
  'GET /api/v1/data/:name/versions/:version': 'steps',
  'GET /api/v1/data/:name/versions/:version/profile': 'steps',
  'POST /api/v1/jobs': 'owner',
  'GET /api/v1/jobs': 'steps',
  'GET /api/v1/jobs/:id': 'steps',
  'POST /api/v1/jobs/:id/cancel': 'steps',
  'GET /api/v1/jobs/:id/steps/:step/log': 'steps',
  'GET /api/v1/endpoints': 'owner',
  'PUT /api/v1/endpoints/:name': 'owner',
  'GET /api/v1/endpoints/:name': 'owner',
  'DELETE /api/v1/endpoints/:name': 'owner',
  'POST /api/v1/endpoints/:name/listKeys': 'owner',
  'POST /api/v1/endpoints/:name/regenerateKeys': 'owner',
  'GET /api/v1/endpoints/:name/logs': 'owner',
  // The endpoint's own keys guard these.
  'GET /api/v1/service/:name/': 'anyone',
  'GET /api/v1/service/:name/swagger.json': 'anyone',
  'GET /api/v1/service/:name/score': 'anyone',
  'POST /api/v1/service/:name/score': 'anyone',
  'OPTIONS /api/v1/service/:name/score': 'anyone',
};

const table = new Map(
  [
    ...Object.entries(ownTable),
    ...['/api/2.0', '/ajax-api/2.0'].flatMap((prefix) =>
      Object.entries(mlflowTable).map(
        ([route, access]) => [route.replace(' ', ` ${prefix}`), access] as const,
      ),
    ),
  ]
    // Whoever may GET may ask for the HEAD.
    .flatMap(([route, access]) => [
      [route, access] as const,
      ...(route.startsWith('GET ') ? [[route.replace('GET', 'HEAD'), access] as const] : []),
    ]),
);

let server: TestApp;
let step: Step;
let routes: readonly RouteOptions[];

beforeAll(async () => {
  routes = await routesOf(async () => {
    server = await TestApp.open();
  });
  step = await server.step();
});
afterAll(() => server.close());

async function statusOf(route: string, token: string | null): Promise<number> {
  const [method = '', url = ''] = route.split(' ');
  const path = url.replace(':id', step.jobId).replace(/:\w+|\*/g, 'none');
  return (await server.call(method, path, { token })).status;
}

/** Each route with how it takes a token: `in`, or the status by which it refuses. */
async function answersTo(token: string | null) {
  const answers = new Map<string, number | 'in'>();
  for (const route of table.keys()) {
    const status = await statusOf(route, token);
    answers.set(route, status === 401 || status === 403 ? status : 'in');
  }
  return answers;
}

function expected(answerOf: (access: Access) => number | 'in') {
  return new Map([...table].map(([route, access]) => [route, answerOf(access)]));
}

test('the table has every route, and only routes', () => {
  const registered = routes.map(({ method, url }) => `${method} ${url}`);
  expect(registered.toSorted()).toEqual([...table.keys()].toSorted());
});

describe('every route', () => {
  test('takes the owner', async () => {
    expect(await answersTo(server.token)).toEqual(expected(() => 'in'));
  });

  test('takes a step, or says that it may not', async () => {
    const answers = await answersTo(step.token);
    expect(answers).toEqual(expected((access) => (access === 'owner' ? 403 : 'in')));
  });

  test.each([
    ['no token', null],
    ['what is no token', 'secret'],
    ['a token that nobody was given', `rdg_${'a'.repeat(43)}`],
    ['more than a token', 'x y'],
  ])('refuses %s, if it is not open to anyone', async (_role, token) => {
    const answers = await answersTo(token);
    expect(answers).toEqual(expected((access) => (access === 'anyone' ? 'in' : 401)));
  });

  test('refuses the token of a step that has ended', async () => {
    const ended = await server.step();
    expect(await statusOf('GET /', ended.token)).toBe(200);
    await server.context.workspace.identity.revokeStepTokens({ runId: ended.runId });
    const answers = await answersTo(ended.token);
    expect(answers).toEqual(expected((access) => (access === 'anyone' ? 'in' : 401)));
  });
});

describe('where no route is', () => {
  test.each(['GET /nowhere', 'GET /api/2.0/mlflow/nowhere', 'PATCH /api/v1/jobs'])(
    '%s: that it is not there is told only to who has a token',
    async (route) => {
      expect(await statusOf(route, null)).toBe(401);
      expect(await statusOf(route, step.token)).toBe(404);
      expect(await statusOf(route, server.token)).toBe(404);
    },
  );
});

describe('an answer of 401', () => {
  test('says what to send, and in what shape', async () => {
    const answer = await server.get('/api/v1/jobs', { token: null });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="ridgeline"');
    expect(answer.json).toMatchObject({
      error: {
        code: 'UNAUTHENTICATED',
        message: expect.stringContaining('Authorization: Bearer <token>'),
      },
    });
  });

  test('has the shape of MLflow below its prefixes', async () => {
    const answer = await server.mlflow('GET', 'runs/get', undefined, { token: 'wrong' });
    expect(answer.json).toEqual({
      error_code: 'UNAUTHENTICATED',
      message: 'this token is not valid, or no longer',
    });
  });
});
