// Requests to MLflow's routes that would be accepted, each with one thing in it gone wrong. The answer
// is a mistake in MLflow's words or a success, on either database, and a mistake leaves nothing behind.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal, fuzzRuns, storedContent } from '../../test/fuzzing.ts';
import { change, changed, wayDown } from '../../test/mutations.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

const run_id = 'f'.repeat(32);
const tags = [{ key: 'team', value: 'x' }];
const params = [{ key: 'alpha', value: '0.5' }];
const point = { key: 'rmse', value: 1.5, timestamp: 1, step: 2 };
const modelJson = JSON.stringify({
  artifact_path: 'm',
  flavors: {},
  utc_time_created: 't',
  run_id,
});
const dataset = { name: 'd', digest: '1', source_type: 'local', source: 's', schema: '{}' };
const modelSearch = {
  experiment_ids: ['0'],
  filter: "metrics.rmse > 1 and params.a IN ('b', 'c')",
  datasets: [{ dataset_name: 'd', dataset_digest: '1' }],
  order_by: [{ field_name: 'metrics.rmse', ascending: false, dataset_name: 'd' }],
  max_results: 5,
};
const hook = {
  name: 'ci',
  url: 'http://127.0.0.1:9/hook',
  events: [{ entity: 'MODEL_VERSION', action: 'CREATED' }],
  secret: 's',
  status: 'DISABLED',
};
const version = { name: 'm', version: '1' };
const source = `runs:/${run_id}/model`;

/** `{model}` and `{hook}` stand for ids that are known later. In this order each of them is accepted. */
const requests: ReadonlyArray<readonly [string, string, object]> = [
  ['POST', 'experiments/create', { name: 'fuzz-experiment', tags, artifact_location: '' }],
  ['POST', 'experiments/search', { filter: "tags.a = 'b' and name LIKE '%'", order_by: ['name'] }],
  ['POST', 'experiments/update', { experiment_id: '1', new_name: 'renamed' }],
  ['POST', 'experiments/set-experiment-tag', { experiment_id: '1', key: 'k', value: 'v' }],
  ['POST', 'experiments/delete-experiment-tag', { experiment_id: '1', key: 'k' }],
  ['POST', 'experiments/search-datasets', { experiment_ids: ['0'] }],
  ['POST', 'experiments/delete', { experiment_id: '1' }],
  ['POST', 'experiments/restore', { experiment_id: '1' }],
  ['POST', 'runs/create', { experiment_id: '0', run_name: 'r', start_time: 5, user_id: 'u', tags }],
  ['POST', 'runs/update', { run_id, status: 'RUNNING', end_time: 7, run_name: 'n' }],
  ['POST', 'runs/search', { experiment_ids: ['0'], filter: "dataset.name = 'd'", max_results: 5 }],
  ['POST', 'runs/search', { experiment_ids: ['0'], order_by: ['metrics.b DESC', 'params.c'] }],
  ['POST', 'runs/log-metric', { run_id, ...point }],
  ['POST', 'runs/log-parameter', { run_id, key: 'p', value: 'v' }],
  ['POST', 'runs/set-tag', { run_id, key: 'k', value: 'v' }],
  ['POST', 'runs/delete-tag', { run_id, key: 'k' }],
  ['POST', 'runs/log-batch', { run_id, metrics: [point, { ...point, step: 3 }], params, tags }],
  ['POST', 'runs/log-inputs', { run_id, datasets: [{ dataset, tags }], models: [] }],
  ['POST', 'runs/log-model', { run_id, model_json: modelJson }],
  ['POST', 'runs/outputs', { run_id, models: [] }],
  ['POST', 'registered-models/create', { name: 'fuzz-model', description: 'd', tags }],
  ['PATCH', 'registered-models/update', { name: 'm', description: 'd' }],
  ['POST', 'registered-models/rename', { name: 'fuzz-model', new_name: 'fuzz-renamed' }],
  ['POST', 'registered-models/set-tag', { name: 'm', key: 'k', value: 'v' }],
  ['DELETE', 'registered-models/delete-tag', { name: 'm', key: 'k' }],
  ['POST', 'registered-models/get-latest-versions', { name: 'm', stages: ['None'] }],
  ['POST', 'registered-models/alias', { name: 'm', alias: 'best', version: '1' }],
  ['DELETE', 'registered-models/alias', { name: 'm', alias: 'best' }],
  ['POST', 'model-versions/create', { name: 'm', source, run_id, description: 'd', tags }],
  ['PATCH', 'model-versions/update', { ...version, description: 'd' }],
  ['POST', 'model-versions/transition-stage', { ...version, stage: 'Staging' }],
  ['POST', 'model-versions/set-tag', { ...version, key: 'k', value: 'v' }],
  ['DELETE', 'model-versions/delete-tag', { ...version, key: 'k' }],
  ['POST', 'logged-models', { experiment_id: '0', name: 'l', source_run_id: run_id, params, tags }],
  ['POST', 'logged-models/search', modelSearch],
  ['POST', 'logged-models/{model}/params', { params }],
  ['PATCH', 'logged-models/{model}/tags', { tags }],
  ['PATCH', 'logged-models/{model}', { status: 'LOGGED_MODEL_READY' }],
  ['POST', 'webhooks', hook],
  ['PATCH', 'webhooks/{hook}', { ...hook, name: 'cd' }],
  ['POST', 'users/create', { username: 'fay', password: 'correct horse battery' }],
  ['PATCH', 'users/update-admin', { username: 'fay', is_admin: true }],
  ['PATCH', 'users/update-password', { username: 'fay', password: 'battery horse correct' }],
];

const queries: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
  ['experiments/get', { experiment_id: '0' }],
  ['experiments/get-by-name', { experiment_name: 'Default' }],
  ['experiments/search', { filter: "name ILIKE 'd%'", max_results: '5', order_by: 'name' }],
  ['runs/get', { run_id }],
  ['metrics/get-history', { run_id, metric_key: 'rmse', max_results: '5' }],
  ['metrics/get-history-bulk', { run_id, metric_key: 'rmse', max_results: '5' }],
  [
    'metrics/get-history-bulk-interval',
    { run_ids: run_id, metric_key: 'rmse', start_step: '0', end_step: '9', max_results: '5' },
  ],
  ['artifacts/list', { run_id, path: 'model' }],
  ['registered-models/get', { name: 'm' }],
  ['registered-models/search', { filter: "name LIKE 'm%'", order_by: 'name DESC' }],
  ['registered-models/alias', { name: 'm', alias: 'first' }],
  ['model-versions/get', version],
  ['model-versions/search', { filter: "name = 'm' and run_id IN ('a')", max_results: '5' }],
  ['model-versions/get-download-uri', version],
  ['logged-models/{model}', { allow_deleted: 'true' }],
  ['logged-models/{model}/artifacts/directories', { artifact_directory_path: 'a' }],
  ['webhooks', { max_results: '5' }],
  ['users/get', { username: 'ada' }],
  ['experiments/permissions/get', { experiment_id: '0', username: 'ada' }],
];

let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await TestApp.open();
  const { runs } = server.context.workspace;
  await runs.create({ experimentId: '0', runId: run_id });
  await server.mlflow('POST', 'registered-models/create', { name: 'm' });
  await server.mlflow('POST', 'model-versions/create', { name: 'm', source });
  await server.mlflow('POST', 'registered-models/alias', { ...version, alias: 'first' });
  const ada = { username: 'ada', password: 'correct horse battery' };
  await server.mlflow('POST', 'users/create', ada);
  const logged = await server.mlflow('POST', 'logged-models', { experiment_id: '0' });
  const made = await server.mlflow('POST', 'webhooks', hook);
  ids = {
    '{model}': textAt(logged, 'model.info.model_id'),
    '{hook}': textAt(made, 'webhook.webhook_id'),
  };
});
afterAll(() => server.close());

const addressOf = (path: string) =>
  `/api/2.0/mlflow/${path.replace(/\{\w+\}/, (name) => ids[name] ?? name)}`;

describe('a body', () => {
  test.each(requests)(
    'of %s %s that is spoiled is refused whole, or taken',
    {
      timeout: 60_000,
    },
    async (method, path, seed) => {
      const send = (payload: string) =>
        server.call(method, addressOf(path), {
          headers: { 'content-type': 'application/json' },
          payload,
        });
      const first = await send(JSON.stringify(seed));
      expect(first.status, first.text).toBe(200);
      let before = await storedContent(server);
      await fc.assert(
        fc.asyncProperty(wayDown, change, async (steps, how) => {
          const sent = changed(seed, steps, how);
          const answer = await send(sent);
          const after = await storedContent(server);
          if (answer.status >= 400) {
            expectRefusal(answer, sent);
            expect(after, sent.slice(0, 2_000)).toEqual(before);
          }
          before = after;
        }),
        { numRuns: Math.ceil(fuzzRuns / 2) },
      );
    },
  );
});

describe('a query', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '',
      '\0',
      '-1',
      '-0',
      '1e3',
      '9007199254740993',
      '99999999999999999999',
      '1 OR 1',
    ),
    fc.constantFrom('%', "'", "name = '\0'", 'a'.repeat(9_000), '[', '../..', 'metrics.`a\0` > 1'),
  );

  test.each(queries)('of %s that is spoiled is refused, or answered', async (path, seed) => {
    const ask = (query: readonly (readonly string[])[]) =>
      server.get(`${addressOf(path)}?${new URLSearchParams(query.map((pair) => [...pair]))}`);
    const good = Object.entries(seed);
    const first = await ask(good);
    expect(first.status, first.text).toBe(200);
    const spoiled = fc.tuple(
      fc.constantFrom(...Object.keys(seed), 'page_token'),
      odd,
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(spoiled, async ([name, value, isTwice]) => {
        const rest = isTwice ? good : good.filter(([key]) => key !== name);
        const answer = await ask([...rest, [name, value.toWellFormed()]]);
        if (answer.status >= 400) expectRefusal(answer, `${name}=${value}`);
      }),
      { numRuns: Math.ceil(fuzzRuns / 2) },
    );
  });
});

test('after all this nothing was logged as a failure', () => {
  expect(server.logLines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
});
