// Who may do what: every role on every route. A route that is not in the table below fails here,
// so that nobody adds one without saying who may use it.
import type { Role } from '@ridgeline/workspace';
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { routesOf } from '../../test/registered-routes.ts';
import { type Answer, type Step, TestApp } from '../../test/test-app.ts';
import { historyAddresses, pipelineAddresses, serviceAddresses } from '../azureml/addresses.ts';
import type { Access } from './access.ts';

/** `managed`: for owners, and for whom it is about or who manages it. */
type Asked = Access | 'managed';

const mlflowTable: Readonly<Record<string, Access>> = {
  'POST /mlflow/experiments/create': 'contributorOrStep',
  'GET /mlflow/experiments/get': 'readerOrStep',
  'GET /mlflow/experiments/get-by-name': 'readerOrStep',
  'GET /mlflow/experiments/search': 'readerOrStep',
  'POST /mlflow/experiments/search': 'readerOrStep',
  'POST /mlflow/experiments/update': 'contributor',
  'POST /mlflow/experiments/delete': 'contributor',
  'POST /mlflow/experiments/restore': 'contributor',
  'POST /mlflow/experiments/set-experiment-tag': 'contributorOrStep',
  'POST /mlflow/runs/create': 'contributorOrStep',
  'GET /mlflow/runs/get': 'readerOrStep',
  'POST /mlflow/runs/update': 'contributorOrStep',
  'POST /mlflow/runs/search': 'readerOrStep',
  'POST /mlflow/runs/delete': 'contributor',
  'POST /mlflow/runs/restore': 'contributor',
  'POST /mlflow/runs/log-metric': 'contributorOrStep',
  'POST /mlflow/runs/log-parameter': 'contributorOrStep',
  'POST /mlflow/runs/set-tag': 'contributorOrStep',
  'POST /mlflow/runs/delete-tag': 'contributorOrStep',
  'POST /mlflow/runs/log-batch': 'contributorOrStep',
  'POST /mlflow/runs/log-inputs': 'contributorOrStep',
  'GET /mlflow/metrics/get-history': 'readerOrStep',
  'GET /mlflow/artifacts/list': 'readerOrStep',
  'POST /mlflow/experiments/delete-experiment-tag': 'contributor',
  'POST /mlflow/experiments/search-datasets': 'readerOrStep',
  'POST /mlflow/runs/log-model': 'contributorOrStep',
  'POST /mlflow/runs/outputs': 'contributorOrStep',
  'GET /mlflow/metrics/get-history-bulk': 'readerOrStep',
  'GET /mlflow/metrics/get-history-bulk-interval': 'readerOrStep',
  'POST /mlflow/artifacts/presigned-upload-url': 'contributorOrStep',
  'POST /mlflow/artifacts/presigned-download-url': 'readerOrStep',
  'POST /mlflow/upload-artifact': 'contributorOrStep',
  'POST /mlflow/logged-models': 'contributorOrStep',
  'POST /mlflow/logged-models/search': 'readerOrStep',
  'GET /mlflow/logged-models/:model_id': 'readerOrStep',
  'PATCH /mlflow/logged-models/:model_id': 'contributorOrStep',
  'DELETE /mlflow/logged-models/:model_id': 'contributor',
  'POST /mlflow/logged-models/:model_id/params': 'contributorOrStep',
  'PATCH /mlflow/logged-models/:model_id/tags': 'contributorOrStep',
  'DELETE /mlflow/logged-models/:model_id/tags/:tag_key': 'contributorOrStep',
  'GET /mlflow/logged-models/:model_id/artifacts/directories': 'readerOrStep',
  'POST /mlflow/model-versions/transition-stage': 'contributor',
  // What happens here is sent to wherever a webhook says.
  'POST /mlflow/webhooks': 'owner',
  'GET /mlflow/webhooks': 'owner',
  'GET /mlflow/webhooks/:webhook_id': 'owner',
  'PATCH /mlflow/webhooks/:webhook_id': 'owner',
  'DELETE /mlflow/webhooks/:webhook_id': 'owner',
  'POST /mlflow/webhooks/:webhook_id/test': 'owner',
  'POST /mlflow/users/create': 'owner',
  // Who is no owner: of themselves only.
  'GET /mlflow/users/get': 'reader',
  'GET /mlflow/users/list': 'owner',
  'PATCH /mlflow/users/update-password': 'owner',
  'PATCH /mlflow/users/update-admin': 'owner',
  'DELETE /mlflow/users/delete': 'owner',
  // Who manages the thing: see permissions.test.ts.
  'GET /mlflow/experiments/permissions/get': 'reader',
  'POST /mlflow/experiments/permissions/create': 'reader',
  'PATCH /mlflow/experiments/permissions/update': 'reader',
  'DELETE /mlflow/experiments/permissions/delete': 'reader',
  'GET /mlflow/registered-models/permissions/get': 'reader',
  'POST /mlflow/registered-models/permissions/create': 'reader',
  'PATCH /mlflow/registered-models/permissions/update': 'reader',
  'DELETE /mlflow/registered-models/permissions/delete': 'reader',
  'POST /mlflow/registered-models/create': 'contributorOrStep',
  'GET /mlflow/registered-models/get': 'readerOrStep',
  'GET /mlflow/registered-models/search': 'readerOrStep',
  'GET /mlflow/registered-models/get-latest-versions': 'readerOrStep',
  'POST /mlflow/registered-models/get-latest-versions': 'readerOrStep',
  'POST /mlflow/registered-models/rename': 'contributor',
  'PATCH /mlflow/registered-models/update': 'contributor',
  'DELETE /mlflow/registered-models/delete': 'contributor',
  'POST /mlflow/registered-models/set-tag': 'contributorOrStep',
  'DELETE /mlflow/registered-models/delete-tag': 'contributor',
  'POST /mlflow/registered-models/alias': 'contributorOrStep',
  'GET /mlflow/registered-models/alias': 'readerOrStep',
  'DELETE /mlflow/registered-models/alias': 'contributor',
  'POST /mlflow/model-versions/create': 'contributorOrStep',
  'GET /mlflow/model-versions/get': 'readerOrStep',
  'GET /mlflow/model-versions/search': 'readerOrStep',
  'GET /mlflow/model-versions/get-download-uri': 'readerOrStep',
  'PATCH /mlflow/model-versions/update': 'contributor',
  'DELETE /mlflow/model-versions/delete': 'contributor',
  'POST /mlflow/model-versions/set-tag': 'contributorOrStep',
  'DELETE /mlflow/model-versions/delete-tag': 'contributor',
  'GET /mlflow-artifacts/artifacts': 'readerOrStep',
  'GET /mlflow-artifacts/artifacts/*': 'readerOrStep',
  'PUT /mlflow-artifacts/artifacts/*': 'contributorOrStep',
  'DELETE /mlflow-artifacts/artifacts/*': 'contributorOrStep',
  'POST /mlflow-artifacts/mpu/create/*': 'contributorOrStep',
  'POST /mlflow-artifacts/mpu/complete/*': 'contributorOrStep',
  'POST /mlflow-artifacts/mpu/abort/*': 'contributorOrStep',
  // The address is signed for one part of one upload.
  'PUT /mlflow-artifacts/parts/:uploadId/:part': 'anyone',
  'GET /mlflow-artifacts/presigned/*': 'readerOrStep',
};

/** What only MLflow 3.x's clients ask for. */
const newerTable: Readonly<Record<string, Access>> = {
  'POST /mlflow/users/permissions/grant': 'reader',
  'POST /mlflow/users/permissions/revoke': 'reader',
  'GET /mlflow/users/permissions/get': 'reader',
};

const ownTable: Readonly<Record<string, Asked>> = {
  ...{
    'GET /.well-known/oauth-protected-resource': 'anyone',
    'GET /:tenant/v2.0/.well-known/openid-configuration': 'anyone',
    'GET /:tenant/discovery/v2.0/keys': 'anyone',
    'POST /:tenant/oauth2/v2.0/token': 'anyone',
    'POST /:tenant/oauth2/token': 'anyone',
    'GET /:tenant/oauth2/v2.0/authorize': 'anyone',
    'GET /:tenant/oauth2/v2.0/authorize/:uid': 'anyone',
    'POST /:tenant/oauth2/v2.0/devicecode': 'anyone',
    'POST /:tenant/oauth2/v2.0/revoke': 'anyone',
    'GET /:tenant/oauth2/deviceauth': 'anyone',
    'GET /:tenant/oauth2/deviceauth/:uid': 'anyone',
    'POST /:tenant/oauth2/deviceauth': 'anyone',
    'GET /:tenant/oidc/userinfo': 'anyone',
    'GET /:tenant/signin/:uid': 'anyone',
    'POST /:tenant/signin/:uid': 'anyone',
    'GET /:tenant/invitation': 'anyone',
    'POST /:tenant/invitation': 'anyone',
    'GET /api/v1/me': 'readerOrStep',
    'POST /api/v1/tokens': 'reader',
    'GET /api/v1/tokens': 'reader',
    'DELETE /api/v1/tokens/:id': 'reader',
    'POST /api/v1/users': 'owner',
    'GET /api/v1/users': 'owner',
    'GET /api/v1/users/:name': 'owner',
    'PATCH /api/v1/users/:name': 'owner',
    'DELETE /api/v1/users/:name': 'owner',
    'POST /api/v1/users/:name/invitation': 'owner',
    'GET /api/v1/users/:name/permissions': 'managed',
    ...Object.fromEntries(
      ['experiments', 'models'].flatMap((noun) => [
        [`GET /api/v1/${noun}/:id/permissions`, 'managed'],
        // Here without a body, which is told first.
        [`PUT /api/v1/${noun}/:id/permissions/:user`, 'reader'],
        [`DELETE /api/v1/${noun}/:id/permissions/:user`, 'managed'],
      ]),
    ),
    'POST /api/v1/servicePrincipals': 'owner',
    'GET /api/v1/servicePrincipals': 'owner',
    'GET /api/v1/servicePrincipals/:name': 'owner',
    'PATCH /api/v1/servicePrincipals/:name': 'owner',
    'DELETE /api/v1/servicePrincipals/:name': 'owner',
    'POST /api/v1/servicePrincipals/:name/credentials': 'owner',
    'DELETE /api/v1/servicePrincipals/:name/credentials/:id': 'owner',
    'POST /api/v1/issuers': 'owner',
    'GET /api/v1/issuers': 'owner',
    'DELETE /api/v1/issuers/:id': 'owner',
    'POST /api/v1/tenants': 'owner',
    'GET /api/v1/tenants': 'reader',
    'DELETE /api/v1/tenants/:name': 'owner',
    'GET /api/v1/signingKeys': 'owner',
    'POST /api/v1/signingKeys/rotate': 'owner',
  },
  'GET /': 'readerOrStep',
  'GET /get-artifact': 'readerOrStep',
  'GET /model-versions/get-artifact': 'readerOrStep',
  'GET /health': 'anyone',
  'GET /version': 'anyone',
  'GET /openapi.json': 'anyone',
  'POST /api/v1/code': 'contributor',
  'POST /api/v1/components': 'contributor',
  'GET /api/v1/components': 'readerOrStep',
  'GET /api/v1/components/:name': 'readerOrStep',
  'GET /api/v1/components/:name/versions/:version': 'readerOrStep',
  'GET /api/v1/componentTexts': 'readerOrStep',
  // Of Databricks, and to change its properties: owners only.
  'POST /api/v1/computes': 'contributor',
  'GET /api/v1/computes': 'readerOrStep',
  'GET /api/v1/computes/:name': 'readerOrStep',
  'PATCH /api/v1/computes/:name': 'contributor',
  'DELETE /api/v1/computes/:name': 'contributor',
  // Of a folder of the machine: owners only.
  'POST /api/v1/datastores': 'contributor',
  'GET /api/v1/datastores': 'readerOrStep',
  'GET /api/v1/datastores/:name': 'readerOrStep',
  'PUT /api/v1/datastores/:name/files/*': 'contributorOrStep',
  'GET /api/v1/datastores/:name/files/*': 'readerOrStep',
  'POST /api/v1/data': 'contributorOrStep',
  'GET /api/v1/data': 'readerOrStep',
  'GET /api/v1/data/:name': 'readerOrStep',
  'GET /api/v1/data/:name/versions/:version': 'readerOrStep',
  'GET /api/v1/data/:name/versions/:version/profile': 'readerOrStep',
  'POST /api/v1/gc': 'owner',
  'GET /api/v1/events': 'readerOrStep',
  'GET /api/v1/models/:name/versions/:version/lineage': 'readerOrStep',
  'GET /api/v1/data/:name/versions/:version/lineage': 'readerOrStep',
  'PUT /api/v1/secrets/:name': 'owner',
  'DELETE /api/v1/secrets/:name': 'owner',
  'POST /api/v1/environments': 'contributor',
  'GET /api/v1/environments': 'reader',
  'GET /api/v1/environments/:name': 'reader',
  'GET /api/v1/environments/:name/versions/:version': 'reader',
  'POST /api/v1/jobs': 'contributor',
  'GET /api/v1/jobs': 'readerOrStep',
  'GET /api/v1/jobs/:id': 'readerOrStep',
  'POST /api/v1/jobs/:id/cancel': 'contributorOrStep',
  'GET /api/v1/jobs/:id/steps/:step/log': 'readerOrStep',
  'POST /api/v1/pipelines': 'contributor',
  'GET /api/v1/pipelines': 'reader',
  'GET /api/v1/pipelines/:id': 'reader',
  'GET /api/v1/pipelines/:id/jobs': 'reader',
  'POST /api/v1/pipelines/:id/enable': 'contributor',
  'POST /api/v1/pipelines/:id/disable': 'contributor',
  'POST /api/v1/pipelines/:id/submit': 'contributor',
  'POST /api/v1/pipelineEndpoints': 'contributor',
  'GET /api/v1/pipelineEndpoints': 'reader',
  'GET /api/v1/pipelineEndpoints/:id': 'reader',
  'POST /api/v1/pipelineEndpoints/:id/versions': 'contributor',
  'POST /api/v1/pipelineEndpoints/:id/setDefault': 'contributor',
  'POST /api/v1/pipelineEndpoints/:id/enable': 'contributor',
  'POST /api/v1/pipelineEndpoints/:id/disable': 'contributor',
  'POST /api/v1/pipelineEndpoints/:id/submit': 'contributor',
  'POST /api/v1/schedules': 'contributor',
  'PUT /api/v1/schedules/:name': 'contributor',
  'GET /api/v1/schedules': 'reader',
  'GET /api/v1/schedules/:name': 'reader',
  'GET /api/v1/schedules/:name/firings': 'reader',
  'POST /api/v1/schedules/:name/enable': 'contributor',
  'POST /api/v1/schedules/:name/disable': 'contributor',
  'POST /api/v1/schedules/:name/trigger': 'contributor',
  'DELETE /api/v1/schedules/:name': 'contributor',
  'POST /api/v1/delivery-pipelines': 'contributor',
  'GET /api/v1/delivery-pipelines': 'reader',
  'GET /api/v1/delivery-pipelines/:name': 'reader',
  'PATCH /api/v1/delivery-pipelines/:name': 'contributor',
  'DELETE /api/v1/delivery-pipelines/:name': 'contributor',
  'GET /api/v1/delivery-pipelines/:name/triggers': 'reader',
  'POST /api/v1/delivery-pipelines/:name/hook-secret': 'contributor',
  'DELETE /api/v1/delivery-pipelines/:name/hook-secret': 'contributor',
  // The secret of the pipeline's hooks guards these.
  'POST /api/v1/delivery-pipelines/:name/hooks': 'anyone',
  'POST /api/v1/delivery-pipelines/:name/hooks/:alias': 'anyone',
  'POST /api/v1/builds': 'contributor',
  'GET /api/v1/builds': 'reader',
  'GET /api/v1/builds/:id': 'reader',
  'POST /api/v1/builds/:id/cancel': 'contributor',
  'POST /api/v1/builds/:id/rerun': 'contributor',
  // By the people that the environment names, where it names some.
  'POST /api/v1/builds/:id/approve': 'contributor',
  'POST /api/v1/builds/:id/reject': 'contributor',
  'GET /api/v1/builds/:id/yaml': 'reader',
  'GET /api/v1/builds/:id/logs/:log': 'reader',
  'GET /api/v1/builds/:id/artifacts': 'reader',
  'GET /api/v1/builds/:id/artifacts/:artifact/files': 'reader',
  'GET /api/v1/builds/:id/artifacts/:artifact/files/*': 'reader',
  // What a pipeline may reach, and who has to agree: owners say it.
  'POST /api/v1/variable-groups': 'owner',
  'GET /api/v1/variable-groups': 'reader',
  'GET /api/v1/variable-groups/:name': 'reader',
  'PATCH /api/v1/variable-groups/:name': 'owner',
  'DELETE /api/v1/variable-groups/:name': 'owner',
  'POST /api/v1/service-connections': 'owner',
  'GET /api/v1/service-connections': 'reader',
  'GET /api/v1/service-connections/:name': 'reader',
  'PATCH /api/v1/service-connections/:name': 'owner',
  'DELETE /api/v1/service-connections/:name': 'owner',
  'POST /api/v1/secure-files': 'owner',
  'GET /api/v1/secure-files': 'reader',
  'GET /api/v1/secure-files/:name': 'reader',
  'PATCH /api/v1/secure-files/:name': 'owner',
  'DELETE /api/v1/secure-files/:name': 'owner',
  'POST /api/v1/delivery-environments': 'owner',
  'GET /api/v1/delivery-environments': 'reader',
  'GET /api/v1/delivery-environments/:name': 'reader',
  'PATCH /api/v1/delivery-environments/:name': 'owner',
  'DELETE /api/v1/delivery-environments/:name': 'owner',
  'GET /api/v1/delivery-environments/:name/deployments': 'reader',
  // An agent gets the secrets of the jobs that it runs: owners say who is one.
  'POST /api/v1/agents': 'owner',
  'GET /api/v1/agents': 'reader',
  'GET /api/v1/agents/:name': 'reader',
  'PATCH /api/v1/agents/:name': 'owner',
  'DELETE /api/v1/agents/:name': 'owner',
  'POST /api/v1/agent/session': 'agent',
  'POST /api/v1/agent/poll': 'agent',
  'POST /api/v1/agent/leave': 'agent',
  'POST /api/v1/agent/leases/:lease/report': 'agent',
  'PUT /api/v1/agent/leases/:lease/calls/:call': 'agent',
  'PUT /api/v1/agent/leases/:lease/end': 'agent',
  'PUT /api/v1/agent/leases/:lease/transfers/:transfer/files/*': 'agent',
  'GET /api/v1/agent/leases/:lease/transfers/:transfer/files/*': 'agent',
  'GET /api/v1/endpoints': 'readerOrStep',
  // The step that has registered a model may put it behind its endpoint.
  'PUT /api/v1/endpoints/:name': 'contributorOrStep',
  'GET /api/v1/endpoints/:name': 'readerOrStep',
  'DELETE /api/v1/endpoints/:name': 'contributor',
  'POST /api/v1/endpoints/:name/listKeys': 'contributor',
  'POST /api/v1/endpoints/:name/regenerateKeys': 'contributor',
  'GET /api/v1/endpoints/:name/logs': 'reader',
  // The endpoint's own keys guard these.
  'GET /api/v1/service/:name/': 'anyone',
  'GET /api/v1/service/:name/swagger.json': 'anyone',
  'GET /api/v1/service/:name/score': 'anyone',
  'POST /api/v1/service/:name/score': 'anyone',
  'OPTIONS /api/v1/service/:name/score': 'anyone',
};

const azureTable: Readonly<Record<string, Access>> = {
  [`POST ${pipelineAddresses.submit}`]: 'contributor',
  [`POST ${pipelineAddresses.submitEndpoint}`]: 'contributor',
  [`POST ${pipelineAddresses.submitEndpointByName}`]: 'contributor',
  [`POST ${pipelineAddresses.cancel}`]: 'contributor',
  [`GET ${pipelineAddresses.run}`]: 'reader',
  [`GET ${pipelineAddresses.runsOfPipeline}`]: 'reader',
  [`GET ${pipelineAddresses.swagger}`]: 'anyone',
  [`GET ${historyAddresses.run}`]: 'reader',
  [`GET ${historyAddresses.details}`]: 'reader',
  [`GET ${historyAddresses.children}`]: 'reader',
  [`GET ${historyAddresses.contentInfo}`]: 'reader',
  [`GET ${historyAddresses.experimentRun}`]: 'reader',
  [`GET ${historyAddresses.experimentDetails}`]: 'reader',
  [`GET ${historyAddresses.experimentChildren}`]: 'reader',
  [`GET ${historyAddresses.experimentContentInfo}`]: 'reader',
  [`GET ${historyAddresses.experimentIdDetails}`]: 'reader',
  [`POST ${historyAddresses.query}`]: 'reader',
  // The link's own signature guards it.
  [`GET ${historyAddresses.content}`]: 'anyone',
  [`GET ${serviceAddresses.list}`]: 'reader',
  [`GET ${serviceAddresses.one}`]: 'reader',
  [`POST ${serviceAddresses.keys}`]: 'contributor',
};

const table = new Map<string, Asked>(
  [
    ...Object.entries(ownTable),
    ...Object.entries(azureTable),
    ...['/api/2.0', '/ajax-api/2.0'].flatMap((prefix) =>
      Object.entries(mlflowTable).map(
        ([route, access]) => [route.replace(' ', ` ${prefix}`), access] as const,
      ),
    ),
    ...['/api/3.0', '/ajax-api/3.0'].flatMap((prefix) =>
      Object.entries(newerTable).map(
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
  return (await answerTo(route, token)).status;
}

function answerTo(route: string, token: string | null): Promise<Answer> {
  const [method = '', url = ''] = route.split(' ');
  // A stream that is asked for rightly has no end.
  const query = url === '/api/v1/events' ? '?kinds=none' : '';
  const path = `${url.replace(':id', step.jobId).replace(/:\w+|\*/g, 'none')}${query}`;
  return server.call(method, path, { token });
}

/** Each route with how it takes a token: `in`, or the status by which it refuses. */
async function answersTo(token: string | null) {
  const answers = new Map<string, number | 'in'>();
  for (const route of table.keys()) {
    const { status, text } = await answerTo(route, token);
    // A hook is let in, and refused by its own signature.
    const isIn = (status !== 401 && status !== 403) || text.includes('HOOK_UNAUTHENTICATED');
    answers.set(route, isIn ? 'in' : status);
  }
  return answers;
}

const ofNobody = {
  name: 't',
  owner: { kind: 'token', id: 'admin' },
  atMost: ['Owner'],
  madeBy: 'm',
} as const;
let count = 0;

/** Of a new user and of a new service principal with that role, and of nobody in particular. */
async function tokensOf(role: Role): Promise<readonly string[]> {
  const { users, servicePrincipals, tokens } = server.context.workspace.identity;
  count += 1;
  const user = await users.create({ name: `user-${String(count).padStart(3, '0')}`, role });
  const { appId } = await servicePrincipals.create({ name: `program-${count}`, role });
  const owners = [
    { kind: 'user', id: user.id },
    { kind: 'servicePrincipal', id: appId },
  ] as const;
  const made = [...owners, ofNobody.owner].map((owner) =>
    tokens.create({ ...ofNobody, owner, role }),
  );
  return (await Promise.all(made)).map(({ token }) => token);
}

const isForOwners = (access: Asked) => ['owner', 'agent', 'managed'].includes(access);
const forReaders: ReadonlySet<Asked> = new Set(['anyone', 'reader', 'readerOrStep']);
const forSteps: ReadonlySet<Asked> = new Set(['anyone', 'readerOrStep', 'contributorOrStep']);

function expected(answerOf: (access: Asked) => number | 'in') {
  return new Map([...table].map(([route, access]) => [route, answerOf(access)]));
}

test('every route says what it touches of experiments and models, or that it touches none', () => {
  const silent = routes.filter(({ config }) => {
    const isForAny = ['anyone', 'owner', 'agent'].includes(config?.access ?? 'owner');
    return !isForAny && config?.touches === undefined;
  });
  expect(silent.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
});

/** What the fields of requests are called that name an experiment, a run or a model. */
const naming = /^(experiment_id|experiment_name|run_ids?|run_uuid|source_run_id|model_id|runId)$/;

test('a route that takes the name of an experiment, a run or a model says that it touches it', () => {
  const unsaid = routes.flatMap(({ method, url, schema, config }) => {
    if (config?.access === 'anyone' || config?.access === 'owner') return [];
    const touched = Array.isArray(config?.touches) ? config.touches.flatMap(({ at }) => at) : [];
    const of = (place: string, part: unknown) =>
      Object.keys((part as { properties?: object } | undefined)?.properties ?? {}).map(
        (field) => [field, `${place}.${field}`] as const,
      );
    const { params, body, querystring } = schema ?? {};
    const fields = [...of('params', params), ...of('body', body), ...of('query', querystring)];
    const named = fields.filter(([field, way]) => naming.test(field) && !touched.includes(way));
    return named.map(([, way]) => `${method} ${url} ${way}`);
  });
  const own = unsaid.filter((route) => !/^(GET|HEAD) .*permissions\/get /.test(route));
  expect(own).toEqual([]);
  // Of themselves, and of what they manage: the handler asks.
  expect(unsaid.length - own.length).toBe(4);
});

test('the table has every route, and only routes', () => {
  const registered = routes.map(({ method, url }) => `${method} ${url}`);
  expect(registered.toSorted()).toEqual([...table.keys()].toSorted());
});

describe('every route', () => {
  test('takes the owner', async () => {
    const answers = await answersTo(server.token);
    expect(answers).toEqual(expected((access) => (access === 'agent' ? 403 : 'in')));
  });

  test('takes an agent where it is for agents, and nowhere else', async () => {
    const { agents } = server.context.delivery;
    const { credential } = await agents.create({ name: 'a-1', pool: 'gpu' }, 'admin');
    const answers = await answersTo(credential);
    const isOpen = (access: Asked) => access === 'anyone' || access === 'agent';
    expect(answers).toEqual(expected((access) => (isOpen(access) ? 'in' : 403)));
    await agents.delete('a-1', true);
    const after = await answersTo(credential);
    expect(after).toEqual(expected((access) => (access === 'anyone' ? 'in' : 401)));
  });

  test.each([
    ['Owner', (access) => (access === 'agent' ? 403 : 'in')],
    ['Contributor', (access) => (isForOwners(access) ? 403 : 'in')],
    ['Reader', (access) => (forReaders.has(access) ? 'in' : 403)],
  ] as const satisfies readonly (readonly [Role, (access: Asked) => number | 'in'])[])(
    'takes a user, a service principal and a token with the role %s, or says what is missing',
    async (role, answerOf) => {
      for (const token of await tokensOf(role)) {
        expect(await answersTo(token)).toEqual(expected(answerOf));
      }
    },
  );

  test('takes a step, or says that it may not', async () => {
    const answers = await answersTo(step.token);
    expect(answers).toEqual(expected((access) => (forSteps.has(access) ? 'in' : 403)));
  });

  test.each([
    ['no token', null],
    ['what is no token', 'secret'],
    ['the credential of an agent that is not known', `rda_${'a'.repeat(43)}`],
    ['a token that nobody was given', `rdg_${'a'.repeat(43)}`],
    ['a sign-in that nobody made', 'a'.repeat(43)],
    ['a JWT of nobody', 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9.'],
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

describe('a token of a member', () => {
  const open = expected((access) => (access === 'anyone' ? 'in' : 401));

  test('is refused everywhere from the moment in which it is revoked', async () => {
    const { tokens } = server.context.workspace.identity;
    const { id, token } = await tokens.create({ ...ofNobody, role: 'Owner' });
    expect(await statusOf('GET /api/v1/jobs', token)).toBe(200);
    await tokens.revoke(id);
    expect(await answersTo(token)).toEqual(open);
  });

  test('is refused everywhere once it has expired', async () => {
    const expiresAt = new Date(Date.now() + 50).toISOString();
    const { tokens } = server.context.workspace.identity;
    const { token } = await tokens.create({ ...ofNobody, role: 'Owner', expiresAt });
    await vi.waitFor(async () => expect(await statusOf('GET /api/v1/jobs', token)).toBe(401));
    expect(await answersTo(token)).toEqual(open);
  });

  test('has less from the moment in which its owner has', async () => {
    const { users } = server.context.workspace.identity;
    const [token = ''] = await tokensOf('Contributor');
    const route = 'POST /api/v1/jobs';
    expect(await statusOf(route, token)).toBe(400);
    const user = (await users.list()).at(-1)?.name ?? '';
    await users.update(user, { role: 'Reader' });
    expect(await statusOf(route, token)).toBe(403);
    await users.delete(user);
    expect(await statusOf(route, token)).toBe(401);
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
