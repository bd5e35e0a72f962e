// Whatever is sent to Azure ML's addresses, the answer is a success or the caller's mistake, never
// the server's failure, and only a success leaves anything behind.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  historyPath,
  pipelinesPath,
  publishEcho,
  servicesPath,
  workspacePath,
} from '../../test/azureml.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let pipelineId: string;
let endpointId: string;
let runId: string;

beforeAll(async () => {
  server = await TestApp.open();
  const { id, name } = await publishEcho(server);
  pipelineId = id;
  endpointId = (await server.context.pipelines.endpoints.get(name)).id;
  const started = await server.post(`${pipelinesPath}/PipelineSubmit/${id}`, {});
  runId = textAt(started, 'Id');
  await server.context.jobs.waitFor(runId);
});
afterAll(() => server.close());

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', '\0', '‮', "'", '../..', '__proto__', 'constructor', 'NaN', '1e999'),
  fc.constantFrom('azureml:none:1', 'azureml://datastores/x/paths/y', '${{inputs.alpha}}', '$(id)'),
  fc.integer({ min: 1, max: 60_000 }).map((length) => 'a'.repeat(length)),
);
const deep = fc
  .integer({ min: 1, max: 2_000 })
  .map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown);
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  oddText,
  fc.double(),
  fc.constantFrom(2 ** 53, 1e308, -0, null, true, [], {}),
  deep,
);
/** Deeper than any program could write it down from a value. */
const abyss = fc
  .tuple(fc.integer({ min: 1, max: 150_000 }), fc.constantFrom('[', '{"a":'))
  .map(([depth, opening]) => {
    const closing = opening === '[' ? ']' : '}';
    return `{"ParameterAssignments": ${opening.repeat(depth)}1${closing.repeat(depth)}}`;
  });
const parameter = fc.oneof(fc.constantFrom('model_name', 'alpha'), oddText);
const named = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(fc.dictionary(parameter, value, { maxKeys: 4 }), anything);
const spelt = (key: string) =>
  fc.constantFrom(
    key,
    key.toLowerCase(),
    key.toUpperCase(),
    key.charAt(0).toLowerCase() + key.slice(1),
  );

const body = fc
  .tuple(
    ...(
      [
        ['ExperimentName', fc.oneof(fc.constantFrom('fuzz'), anything)],
        ['DisplayName', anything],
        ['Description', anything],
        ['ParameterAssignments', named(anything)],
        ['Tags', named(anything)],
        ['StepTags', named(anything)],
        ['Properties', named(anything)],
        ['RunSource', anything],
        ['ParentRunId', anything],
        ['ContinueOnStepFailure', anything],
        [
          'DataPathAssignments',
          named(fc.record({ DataStoreName: anything, RelativePath: oddText })),
        ],
        [
          'DataSetDefinitionValueAssignments',
          named(fc.record({ SavedDataSetReference: fc.record({ Id: oddText }) })),
        ],
        ['AzDevOpsCallBackInfo', anything],
      ] as const
    ).map(([key, value]) => fc.option(fc.tuple(spelt(key), value), { freq: 1, nil: null })),
  )
  .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== null)));

const payload = fc.oneof(
  { arbitrary: body.map((value) => JSON.stringify(value)), weight: 6 },
  { arbitrary: anything.map((value) => JSON.stringify(value) ?? ''), weight: 2 },
  { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
  { arbitrary: oddText, weight: 1 },
  { arbitrary: fc.constant('{"ParameterAssignments": {"alpha": 1}}'), weight: 1 },
  { arbitrary: abyss, weight: 1 },
);

async function countOfRuns(): Promise<number> {
  return (await server.context.jobs.list({ limit: 1_000 })).length;
}

test('no body makes a start fail by the server, and what is refused starts nothing', async () => {
  const address = fc.constantFrom(
    () => `${pipelinesPath}/PipelineSubmit/${pipelineId}`,
    () => `${pipelinesPath}/PipelineEndpointSubmit/Id/${endpointId}`,
  );
  let runs = await countOfRuns();
  await fc.assert(
    fc.asyncProperty(address, payload, async (path, sent) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await server.call('POST', path(), { payload: sent, headers });
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status === 200) runs += 1;
      else expect(answer.json).toMatchObject({ Error: { Message: expect.any(String) } });
      expect(await countOfRuns()).toBe(runs);
    }),
    { numRuns: 120 },
  );
}, 60_000);

test('no query of the run history makes it fail', async () => {
  const filter = fc.oneof(
    oddText,
    fc
      .array(
        fc.constantFrom("Tags/a eq '1'", 'and', 'or', 'not', '(', ')', 'runId', 'in', "'", '7'),
      )
      .map((words) => words.join(' ')),
  );
  const query = fc.record(
    { Filter: fc.oneof(filter, anything), Top: anything, ContinuationToken: anything },
    { requiredKeys: [] },
  );
  await fc.assert(
    // As text: what is nested deeply could not be shown as a value.
    fc.asyncProperty(
      query.map((value) => JSON.stringify(value)),
      async (sent) => {
        const answer = await server.post(`${historyPath}/experiments/Default/runs:query`, sent);
        expect(answer.status, answer.text).toBeLessThan(500);
      },
    ),
    { numRuns: 120 },
  );
}, 60_000);

test('no name in an address makes a route fail', async () => {
  const routes = [
    ['GET', `${pipelinesPath}/*`],
    ['POST', `${pipelinesPath}/*/Cancel`],
    ['GET', `${pipelinesPath}/Pipeline/*`],
    ['POST', `${pipelinesPath}/PipelineSubmit/*`],
    ['POST', `${pipelinesPath}/PipelineEndpointSubmit/Id/*`],
    ['POST', `${pipelinesPath}/PipelineEndpointSubmit/Name/*`],
    ['POST', `${pipelinesPath}/PipelineEndpointSubmit/Id/ENDPOINT?pipelineVersion=*`],
    ['GET', `/pipelines/v1.0${workspacePath}*/PipelineRuns/RUN`],
    ['GET', `${historyPath}/runs/*/details`],
    ['GET', `${historyPath}/experiments/*/runs/RUN/children`],
    ['GET', `${historyPath}/runs/RUN/artifacts/contentinfo?path=*`],
    ['POST', `${historyPath}/experiments/*/runs:query`],
    ['GET', '/history/v1.0/content/*?path=*&se=1&sig=*'],
    ['GET', `${servicesPath}/*`],
    ['POST', `${servicesPath}/*/listkeys`],
    ['GET', `/mlflow/v1.0${workspacePath}/api/2.0/mlflow/*`],
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), oddText, async ([method, route], name) => {
      const path = route
        .replace('RUN', runId)
        .replace('ENDPOINT', endpointId)
        .replaceAll('*', () => encodeURIComponent(name.toWellFormed()));
      const answer = await server.call(method, path, {});
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('after all this nothing was logged as a failure', async () => {
  const unfinished = await server.context.jobs.list({ status: 'Running', limit: 1_000 });
  await Promise.all(unfinished.map(({ id }) => server.context.jobs.waitFor(id)));
  expect(server.logLines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
}, 60_000);
