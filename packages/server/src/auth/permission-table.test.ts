// What each level lets one do, by every route that reads or changes an experiment or a registered
// model: role × level × route.
import {
  type Permission,
  permissionAllows,
  permissions,
  type Right,
  type Role,
  roleAllows,
} from '@ridgeline/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson, type Person } from '../../test/people.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

interface Things {
  readonly experimentId: string;
  readonly experimentName: string;
  readonly runId: string;
  readonly loggedModelId: string;
  readonly model: string;
}

type Route = readonly [right: Right, method: string, path: string, body?: object];

const mlflow = '/api/2.0/mlflow';
const azure =
  '/history/v1.0/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/ridgeline';

// What is deleted comes last.
function routesOf({ experimentId, experimentName, runId, loggedModelId, model }: Things) {
  const run = { run_id: runId };
  const experiment = { experiment_id: experimentId };
  const logged = `${mlflow}/logged-models/${loggedModelId}`;
  const files = `${experimentId}/${runId}/artifacts`;
  const version = { name: model, version: '1' };
  const metric = { key: 'm', value: 1, timestamp: 1 };
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: 'x' };
  const person = { username: 'nobody', permission: 'READ' };
  const routes: readonly Route[] = [
    ['read', 'GET', `${mlflow}/experiments/get?experiment_id=${experimentId}`],
    ['read', 'GET', `${mlflow}/experiments/get?experiment_id=00${experimentId}`],
    ['read', 'GET', `${mlflow}/experiments/get-by-name?experiment_name=${experimentName}`],
    ['read', 'GET', `${mlflow}/runs/get?run_id=${runId}`],
    ['read', 'GET', `${mlflow}/runs/get?run_uuid=${runId}`],
    ['read', 'GET', `${mlflow}/metrics/get-history?run_id=${runId}&metric_key=m`],
    ['read', 'GET', `${mlflow}/metrics/get-history-bulk?run_id=${runId}&metric_key=m`],
    ['read', 'GET', `${mlflow}/metrics/get-history-bulk-interval?run_ids=${runId}&metric_key=m`],
    ['read', 'GET', `${mlflow}/artifacts/list?run_id=${runId}`],
    ['read', 'GET', `/api/2.0/mlflow-artifacts/artifacts?path=${files}`],
    ['read', 'GET', `/api/2.0/mlflow-artifacts/artifacts/${files}/a.txt`],
    ['read', 'GET', `/api/2.0/mlflow-artifacts/presigned/${files}/a.txt`],
    ['read', 'POST', `${mlflow}/artifacts/presigned-download-url`, { ...run, path: 'a.txt' }],
    ['read', 'GET', `/get-artifact?run_id=${runId}&path=a.txt`],
    ['read', 'GET', `/get-artifact?run_id=${loggedModelId}&path=a.txt`],
    ['read', 'GET', logged],
    ['read', 'GET', `${logged}/artifacts/directories`],
    ['read', 'GET', `/api/v1/jobs/${runId}`],
    ['read', 'GET', `/api/v1/jobs/${runId}/steps/s/log`],
    ['read', 'GET', `/api/v1/events?kinds=nonsense&run=${runId}`],
    ['read', 'GET', `${azure}/runs/${runId}`],
    ['read', 'GET', `${azure}/runs/${runId}/children`],
    ['read', 'POST', `${azure}/experiments/${experimentName}/runs/query`, {}],
    ['read', 'GET', `${mlflow}/registered-models/get?name=${model}`],
    ['read', 'POST', `${mlflow}/registered-models/get-latest-versions`, { name: model }],
    ['read', 'GET', `${mlflow}/model-versions/get?name=${model}&version=1`],
    ['read', 'GET', `${mlflow}/model-versions/get-download-uri?name=${model}&version=1`],
    ['read', 'GET', `/model-versions/get-artifact?name=${model}&version=1&path=x`],
    ['read', 'GET', `/api/v1/models/${model}/versions/1/lineage`],
    ['update', 'POST', `${mlflow}/experiments/set-experiment-tag`, { ...experiment, ...pair }],
    ['update', 'POST', `${mlflow}/experiments/update`, { ...experiment, new_name: experimentName }],
    ['update', 'POST', `${mlflow}/runs/create`, experiment],
    ['update', 'POST', `${mlflow}/runs/update`, { ...run, run_name: 'new' }],
    ['update', 'POST', `${mlflow}/runs/log-metric`, { ...run, ...metric }],
    ['update', 'POST', `${mlflow}/runs/log-parameter`, { run_uuid: runId, key: 'p', value: '1' }],
    ['update', 'POST', `${mlflow}/runs/set-tag`, { ...run, ...pair }],
    ['update', 'POST', `${mlflow}/runs/delete-tag`, { ...run, key: 'k' }],
    ['update', 'POST', `${mlflow}/runs/log-batch`, { ...run, metrics: [metric] }],
    ['update', 'POST', `${mlflow}/runs/log-inputs`, { ...run, datasets: [{ dataset }] }],
    ['update', 'POST', `${mlflow}/runs/outputs`, { ...run, models: [{ model_id: loggedModelId }] }],
    ['update', 'POST', `${mlflow}/artifacts/presigned-upload-url`, { ...run, path: 'a.txt' }],
    ['update', 'PUT', `/api/2.0/mlflow-artifacts/artifacts/${files}/b.txt`],
    ['update', 'POST', `${mlflow}/upload-artifact?run_uuid=${runId}&path=c.txt`],
    ['update', 'POST', `/api/2.0/mlflow-artifacts/mpu/create/${files}`, { path: 'd.txt' }],
    ['update', 'POST', `${mlflow}/logged-models`, { ...experiment, name: 'other' }],
    ['update', 'PATCH', logged, { status: 'LOGGED_MODEL_READY' }],
    ['update', 'PATCH', `${logged}/tags`, { tags: [pair] }],
    ['update', 'POST', `/api/v1/jobs/${runId}/cancel`],
    ['update', 'POST', `${mlflow}/registered-models/set-tag`, { name: model, ...pair }],
    ['update', 'PATCH', `${mlflow}/registered-models/update`, { name: model, description: 'd' }],
    ['update', 'POST', `${mlflow}/registered-models/rename`, { name: model, new_name: model }],
    ['update', 'POST', `${mlflow}/registered-models/alias`, { ...version, alias: 'a' }],
    ['update', 'POST', `${mlflow}/model-versions/create`, { name: model, source: 's3://b/m' }],
    ['update', 'PATCH', `${mlflow}/model-versions/update`, { ...version, description: 'd' }],
    ['update', 'POST', `${mlflow}/model-versions/transition-stage`, { ...version, stage: 'None' }],
    ['manage', 'GET', `/api/v1/experiments/${experimentId}/permissions`],
    ['manage', 'PUT', `/api/v1/experiments/${experimentId}/permissions/x`, { permission: 'READ' }],
    ['manage', 'DELETE', `/api/v1/models/${model}/permissions/x`],
    ['manage', 'POST', `${mlflow}/experiments/permissions/create`, { ...experiment, ...person }],
    [
      'manage',
      'PATCH',
      `${mlflow}/registered-models/permissions/update`,
      { ...person, name: model },
    ],
    ['delete', 'DELETE', `/api/2.0/mlflow-artifacts/artifacts/${files}/a.txt`],
    ['delete', 'POST', `${mlflow}/runs/delete`, run],
    ['delete', 'POST', `${mlflow}/runs/restore`, run],
    ['delete', 'DELETE', logged],
    ['delete', 'DELETE', `${mlflow}/model-versions/delete`, version],
    ['delete', 'POST', `${mlflow}/experiments/delete`, experiment],
    ['delete', 'POST', `${mlflow}/experiments/restore`, experiment],
    ['delete', 'DELETE', `${mlflow}/registered-models/delete`, { name: model }],
  ];
  return routes;
}

const pair = { key: 'k', value: 'v' };
let count = 0;

async function newThings(): Promise<Things> {
  const { experiments, runs, artifacts, loggedModels, models } = server.context.workspace;
  count += 1;
  const model = `model-${count}`;
  const { experiment_id: experimentId, name } = await experiments.create({ name: `e-${count}` });
  const { info } = await runs.create({ experimentId });
  await artifacts.write(info.run_id, 'a.txt', Buffer.from('a'));
  const logged = await loggedModels.create({ experimentId, name: 'm' });
  await models.createRegisteredModel({ name: model });
  await models.createVersion({ name: model, source: 's3://bucket/model' });
  return {
    ...{ experimentId, experimentName: name, runId: info.run_id },
    ...{ loggedModelId: logged.info.model_id, model },
  };
}

async function grant({ experimentId, model }: Things, person: Person, level: Permission | null) {
  if (level === null) return;
  const { permissions } = server.context.workspace;
  await permissions.set({ kind: 'experiment', id: experimentId }, person.id, level);
  await permissions.set({ kind: 'model', name: model }, person.id, level);
}

/** Which of the routes refuse, as `right method path`. */
async function refusedTo({ token }: Person, routes: readonly Route[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const [right, method, url, body] of routes) {
    const payload = body === undefined ? {} : { payload: body };
    const { status, text } = await server.call(method, url, { token, ...payload });
    expect(status, `${method} ${url}: ${text}`).not.toBe(500);
    if (status === 403) refused.push(`${right} ${method} ${url}`);
  }
  return refused;
}

const cases = (['Reader', 'Contributor', 'Owner'] as const).flatMap((role) =>
  [null, ...permissions].map((level) => [role, level] as const),
);

test.each(cases)('a %s with the level %s', async (role: Role, level: Permission | null) => {
  const person = await newPerson(server.context.workspace, role);
  const things = await newThings();
  await grant(things, person, level);
  const may = (right: Right) =>
    level === null || role === 'Owner' ? roleAllows(role, right) : permissionAllows(level, right);
  const routes = routesOf(things);
  const expected = routes.filter(([right]) => !may(right));
  expect(await refusedTo(person, routes)).toEqual(
    expected.map(([right, method, url]) => `${right} ${method} ${url}`),
  );
});

test.each(permissions)('the level %s changes nothing elsewhere', async (level) => {
  for (const role of ['Reader', 'Contributor'] as const) {
    const person = await newPerson(server.context.workspace, role);
    await grant(await newThings(), person, level);
    const routes = routesOf(await newThings());
    const expected = routes.filter(([right]) => !roleAllows(role, right));
    expect(await refusedTo(person, routes)).toHaveLength(expected.length);
  }
});

test('a token for less than its owner has is not raised by what they have', async () => {
  const person = await newPerson(server.context.workspace, 'Contributor', 'Reader');
  const things = await newThings();
  await grant(things, person, 'MANAGE');
  const refused = await refusedTo(person, routesOf(things));
  expect(refused.filter((route) => route.startsWith('read'))).toEqual([]);
  expect(refused).toHaveLength(routesOf(things).filter(([right]) => right !== 'read').length);
});
