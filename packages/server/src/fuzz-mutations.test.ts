// Bodies that would be accepted, each with one thing in it gone wrong: another type, a huge number,
// a thousand levels, odd Unicode, nothing at all. The answer is a mistake with a code or a success,
// and a mistake leaves nothing behind.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, TestApp } from '../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
  // Its steps never get a slot: nothing runs in the midst of the test.
  await server.post('/api/v1/computes', { name: 'idle', maxInstances: 0 });
  await server.context.workspace.runs.create({ experimentId: '0', runId: run_id });
});
afterAll(() => server.close());

const definition = `type: pipeline
inputs: {alpha: 0.5, rows: {type: integer, default: 3, min: 1, max: 9}}
settings: {default_compute: azureml:idle}
jobs:
  a: {command: "echo \${{inputs.alpha}}", inputs: {alpha: "\${{parent.inputs.alpha}}"}, outputs: {o: {type: uri_folder}}}
  b: {command: "cat \${{inputs.i}}/x", inputs: {i: "\${{parent.jobs.a.outputs.o}}"}}
`;
const job = {
  definition,
  fileName: 'job.yml',
  code: {},
  uploads: {},
  inputs: { alpha: 0.25 },
  experimentName: 'fuzz',
  displayName: 'a job',
  tags: { team: 'x' },
  defaultCompute: 'idle',
  properties: { p: 'q' },
  stepTags: { a: { t: 'u' } },
};
const component = 'type: command\nname: c\nversion: 1\ncommand: echo hi\n';
const yearly = { type: 'cron', expression: '0 0 1 1 *', timeZone: 'Europe/Berlin' };
const monthly = {
  type: 'recurrence',
  frequency: 'month',
  interval: 2,
  startTime: '2199-01-01T00:00:00',
  pattern: { hours: [8], minutes: [0, 30], monthDays: [1, 31] },
};
const schedule = { name: 's', start: { job }, inputs: { alpha: 1 }, overlap: 'skip' };

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
const models = {
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

/** Below MLflow's prefix. */
const mlflowSeeds: readonly (readonly [string, object])[] = [
  ['experiments/create', { name: 'fuzz-experiment', tags }],
  ['experiments/search-datasets', { experiment_ids: ['0'] }],
  ['runs/create', { experiment_id: '0', run_name: 'r', start_time: 5, tags }],
  [
    'runs/search',
    { experiment_ids: ['0'], filter: "dataset.name = 'd'", order_by: ['metrics.b DESC'] },
  ],
  ['runs/log-batch', { run_id, metrics: [point], params, tags }],
  ['runs/log-inputs', { run_id, datasets: [{ dataset, tags }], models: [] }],
  ['runs/log-model', { run_id, model_json: modelJson }],
  ['runs/outputs', { run_id, models: [] }],
  ['registered-models/create', { name: 'fuzz-model', description: 'd', tags }],
  ['logged-models', { experiment_id: '0', name: 'l', source_run_id: run_id, params, tags }],
  ['logged-models/search', models],
  ['webhooks', hook],
];

const seeds: ReadonlyArray<readonly [string, string, object]> = [
  ['POST', '/api/v1/jobs', job],
  ['POST', '/api/v1/schedules', { ...schedule, trigger: yearly, catchUp: 'none' }],
  ['PUT', '/api/v1/schedules/s', { start: { job }, trigger: monthly, tags: { a: 'b' } }],
  [
    'PUT',
    '/api/v1/schedules/d',
    {
      start: { job },
      trigger: { type: 'data', path: 'azureml://datastores/workspaceblobstore/paths/x' },
    },
  ],
  [
    'PUT',
    '/api/v1/schedules/m',
    { start: { job }, trigger: { type: 'model', model: 'm', tags: {} } },
  ],
  [
    'PUT',
    '/api/v1/schedules/j',
    { start: { job }, trigger: { type: 'job', experimentName: 'none', status: ['Failed'] } },
  ],
  ['POST', '/api/v1/computes', { name: 'cpu', minInstances: 0, maxInstances: 2, tags: { a: 'b' } }],
  ['POST', '/api/v1/components', { name: 'c', text: component, fileName: 'c.yml', code: {} }],
  [
    'POST',
    '/api/v1/environments',
    { name: 'e', condaFile: { dependencies: ['python=3.11', { pip: ['numpy==2.0.0'] }] } },
  ],
  ['POST', '/api/v1/pipelines', { name: 'p', submission: job, endpoint: 'pe', description: 'd' }],
  ['POST', '/api/v1/gc', { olderThanMs: 5, dryRun: true }],
  ...mlflowSeeds.map(([path, body]) => ['POST', `/api/2.0/mlflow/${path}`, body] as const),
];

function deep(levels: number): unknown {
  return Array.from({ length: levels }).reduce((inner) => ({ a: [inner] }), null as unknown);
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    -1e-308,
    2 ** 53 + 2,
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e\u0000\uffff',
    '𝒳'.repeat(2_000),
    'a'.repeat(100_000),
    '../../etc/passwd',
    '${{inputs.alpha}}',
    '__proto__',
    'constructor',
    'azureml:none:1',
    'azureml://datastores/none/paths/x',
    [],
    {},
    deep(1_000),
    { constructor: 1, toString: 2, hasOwnProperty: 3 },
    Array.from({ length: 5_000 }, (_, i) => i),
    Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 'v'])),
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Changes one place of a value: puts something else there, takes it away, or spoils its text. */
type Change = (value: unknown) => unknown;

const removed = Symbol('removed');

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: hostile.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  { weight: 1, arbitrary: fc.constant<Change>(() => removed) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(), fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constant('\n- {')))
      .map(
        ([at, text]): Change =>
          (value) =>
            spoiled(value, at, text),
      ),
  },
);

function spoiled(value: unknown, at: number, text: string): unknown {
  if (typeof value !== 'string') return [value];
  const place = at % (value.length + 1);
  return value.slice(0, place) + text + value.slice(place + text.length);
}

/** `steps` choose the way down; where it ends, the change is made. */
function changed(value: unknown, steps: readonly number[], make: Change): unknown {
  const [step, ...others] = steps;
  const isEnd = step === undefined || typeof value !== 'object' || value === null;
  const keys = isEnd ? [] : Object.keys(value);
  if (isEnd || keys.length === 0) return make(value);
  const key = keys[step % keys.length] ?? '';
  const inner = changed((value as Readonly<Record<string, unknown>>)[key], others, make);
  const entries = Object.entries(value).map(([name, each]) => [name, name === key ? inner : each]);
  const kept = entries.filter(([, each]) => each !== removed);
  return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

const nouns =
  /^(jobs|job_steps|schedules|components|component_.*|computes|environments|published_.*|pipeline_.*|experiment.*|runs|(latest_)?metrics|params|tags|inputs?_?(tags)?|datasets|logged_.*|webhooks|webhook_events|registered_.*|model_.*|secrets)$/;

async function counts(): Promise<Readonly<Record<string, number>>> {
  const { kysely } = server.context.workspace.database;
  const tables = (await kysely.introspection.getTables()).filter(({ name }) => nouns.test(name));
  expect(tables.length).toBeGreaterThan(5);
  const all = tables.map(async ({ name }) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(
      kysely,
    );
    return [name, Number(rows[0]?.n)] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

function withoutDetails(json: unknown): unknown {
  const { error, ...rest } = json as { readonly error?: Readonly<Record<string, unknown>> };
  return error === undefined ? rest : { error: { code: error.code, message: error.message } };
}

async function send(method: string, url: string, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return server.call(method, url, { headers, payload: JSON.stringify(body) ?? '' });
}

test.each(seeds)(
  '%s %s: what is spoiled is refused whole, or taken',
  async (method, url, seed) => {
    const first = await send(method, url, seed);
    expect(first.status, first.text).toBeLessThan(300);
    const way = fc.array(fc.nat(50), { minLength: 0, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(way, change, async (steps, make) => {
        const body = changed(seed, steps, make);
        const before = await counts();
        const answer = await send(method, url, body === removed ? undefined : body);
        const sent = JSON.stringify(body)?.slice(0, 2_000);
        expect(answer.status, `${answer.text.slice(0, 500)} for ${sent}`).toBeLessThan(500);
        if (answer.status < 400) return;
        const code = expect.stringMatching(/^[A-Z_]+$/);
        const message = expect.any(String);
        expect([{ error: { code, message } }, { error_code: code, message }]).toContainEqual(
          withoutDetails(answer.json),
        );
        expect(await counts(), sent).toEqual(before);
      }),
      { numRuns: 50 },
    );
  },
  60_000,
);

test('after all this nothing was logged as a failure', () => {
  expect(server.logLines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
});
