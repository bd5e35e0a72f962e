// The calls by which Azure ML's clients start, read and cancel runs of published pipelines.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echoDefinition, pipelinesPath, publishEcho, workspacePath } from '../../test/azureml.ts';
import { type Answer, TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let pipelineId: string;
let endpointId: string;
let endpointName: string;
let slowId: string;

beforeAll(async () => {
  server = await TestApp.open();
  ({ id: pipelineId, name: endpointName } = await publishEcho(server));
  ({ id: endpointId } = await server.context.pipelines.endpoints.get(endpointName));
  ({ id: slowId } = await publishEcho(server, echoDefinition('sleep 60')));
});
afterAll(() => server.close());

const submit = (body?: object | string, id = pipelineId) =>
  server.post(`${pipelinesPath}/PipelineSubmit/${id}`, body);

async function logOf(answer: Answer): Promise<string> {
  const id = textAt(answer, 'Id');
  await server.context.jobs.waitFor(id);
  return (await server.context.jobs.readLog(id, 'say', 0)).bytes.toString();
}

describe('a start', () => {
  test('runs the pipeline with what was sent, and answers as Azure ML does', async () => {
    const answer = await submit({
      ExperimentName: 'pipeline-cycle-test',
      DisplayName: 'A cycle',
      Description: 'by hand',
      ParameterAssignments: { model_name: 'größer 🏔', alpha: 0.25 },
      Tags: { BuildId: '7' },
      tags: { BuildUri: 'there', number: 5, yes: true, none: null },
      StepTags: { stage: 'test' },
      Properties: { team: 'a' },
      RunSource: 'SDK',
      RunType: 'HTTP',
      ContinueOnStepFailure: true,
      AzDevOpsCallBackInfo: { JobId: 'j', HubName: 'build', AuthToken: 'secret' },
      SomethingOfLater: [1, 2, 3],
    });
    expect(answer.status, answer.text).toBe(200);
    const id = textAt(answer, 'Id');
    expect(answer.json).toEqual({
      Id: id,
      PipelineRunId: id,
      RootPipelineRunId: id,
      RunUrl: expect.stringMatching(new RegExp(`/PipelineRuns/${id}$`)),
      DisplayName: 'A cycle',
      Description: 'by hand',
      Status: {
        StatusCode: expect.toSatisfy((code) => code === 0 || code === 1),
        StatusDetail: null,
        CreationTime: expect.stringMatching(/^20\d\d-.*Z$/),
        EndTime: null,
      },
      GraphId: pipelineId,
      PipelineId: pipelineId,
      PipelineEndpointId: null,
      RunHistoryExperimentName: 'pipeline-cycle-test',
      RunSource: 'SDK',
      RunType: 'HTTP',
      ParameterAssignments: { model_name: 'größer 🏔', alpha: '0.25' },
      DataPathAssignments: {},
      DataSetDefinitionValueAssignments: {},
      TotalRunSteps: 1,
      ScheduleId: null,
      IsSubmitted: true,
      HasErrors: false,
      HasWarnings: false,
      UploadState: 1,
      Tags: { BuildId: '7', BuildUri: 'there', number: '5', yes: 'true' },
      tags: { BuildId: '7', BuildUri: 'there', number: '5', yes: 'true' },
      StepTags: { stage: 'test' },
      Properties: { team: 'a', 'azureml.pipelineid': pipelineId },
      StepProperties: {},
      CreatedBy: { UserObjectId: null, UserTenantId: null, UserName: 'admin' },
      EntityStatus: '0',
      EnforceRerun: false,
      DefaultCompute: null,
      DefaultDatastore: null,
      ContinueRunOnStepFailure: true,
      Etag: expect.any(String),
      CreatedDate: expect.any(String),
      LastModifiedDate: expect.any(String),
    });
    expect(await logOf(answer)).toBe('größer 🏔 0.25\n');
    const { Description, StepTags } = (await server.get(`${pipelinesPath}/${id}`)).json as never;
    expect({ Description, StepTags }).toEqual({
      Description: 'by hand',
      StepTags: { stage: 'test' },
    });
  });

  test.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['blanks', ' \r\n'],
    ['an empty object', {}],
    ['null', 'null'],
    ['nulls', { ParameterAssignments: null, Tags: null, ExperimentName: null }],
    ['an assignment of null', { ParameterAssignments: { alpha: null } }],
    ['a mark of the byte order', '\ufeff{}'],
  ])('with %s takes what was published', async (_what, body) => {
    const answer = await submit(body);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toMatchObject({
      DisplayName: endpointName,
      Description: 'Says what it is given',
      RunHistoryExperimentName: 'Default',
      ParameterAssignments: { model_name: 'model', alpha: '0.5' },
    });
    expect(await logOf(answer)).toBe('model 0.5\n');
  });

  test.each([
    [
      'camel case',
      { experimentName: 'cased', parameterAssignments: { alpha: 1 }, tags: { a: '1' } },
    ],
    [
      'lower case',
      { experimentname: 'cased', parameterassignments: { alpha: 1 }, tags: { a: '1' } },
    ],
    [
      'upper case',
      { EXPERIMENTNAME: 'cased', PARAMETERASSIGNMENTS: { alpha: 1 }, TAGS: { a: '1' } },
    ],
  ])('takes keys in %s', async (_case, body) => {
    expect((await submit(body)).json).toMatchObject({
      RunHistoryExperimentName: 'cased',
      ParameterAssignments: { alpha: '1' },
      tags: { a: '1' },
    });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-8'])(
    'takes JSON that is called %s',
    async (type) => {
      const answer = await server.post(
        `${pipelinesPath}/PipelineSubmit/${pipelineId}`,
        '{"ParameterAssignments": {"model_name": "x"}}',
        { headers: { 'content-type': type } },
      );
      expect(answer.json).toMatchObject({ ParameterAssignments: { model_name: 'x' } });
    },
  );

  test('tags the run of each step with the StepTags', async () => {
    const id = textAt(await submit({ StepTags: { BuildId: '8' } }), 'Id');
    const { steps } = await server.context.jobs.waitFor(id);
    const run = await server.context.workspace.runs.get(steps[0]?.runId ?? '');
    expect(run.data.tags).toContainEqual({ key: 'BuildId', value: '8' });
  });

  test.each([
    ['the id of the endpoint', () => `Id/${endpointId}`],
    ['its id in upper case', () => `Id/${endpointId.toUpperCase()}`],
    ['its name', () => `Name/${endpointName}`],
    ['a version of it', () => `Id/${endpointId}?pipelineVersion=0`],
  ])('by %s starts the pipeline behind it', async (_what, path) => {
    const answer = await server.post(`${pipelinesPath}/PipelineEndpointSubmit/${path()}`, {});
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toMatchObject({ PipelineId: pipelineId, PipelineEndpointId: endpointId });
  });
});

describe('the addresses', () => {
  test.each([
    ['the oldest prefix', (path: string) => path.replace('/pipelines/', '/api/')],
    ['lower case', (path: string) => path.toLowerCase()],
    ['upper case', (path: string) => path.replace(pipelinesPath, pipelinesPath.toUpperCase())],
    ['another subscription', (path: string) => path.replace('sub-1', '%20')],
    ['a slash at the end', (path: string) => `${path}/`],
    ['two slashes at the beginning', (path: string) => `/${path}`],
    ['a query', (path: string) => `${path}?api-version=1.0`],
  ])('are taken in %s', async (_what, change) => {
    const answer = await server.post(change(`${pipelinesPath}/PipelineSubmit/${pipelineId}`), {});
    expect(answer.status, answer.text).toBe(200);
    const run = await server.get(change(`${pipelinesPath}/${textAt(answer, 'Id')}`));
    expect(run.json).toMatchObject({ PipelineId: pipelineId });
  });

  test('name this workspace, and no other', async () => {
    const path = `${pipelinesPath}/PipelineSubmit/${pipelineId}`;
    const other = await server.post(path.replace('workspaces/ridgeline', 'workspaces/other'), {});
    expect(other).toMatchObject({
      status: 404,
      json: { Error: { Code: 'WorkspaceNotFound', Message: expect.stringContaining("'other'") } },
    });
  });

  test('below which there is nothing say so in the same shape', async () => {
    const answer = await server.get(`/pipelines/v1.0${workspacePath}/Nothing`);
    expect(answer).toMatchObject({ status: 404, json: { Error: { Code: 'RouteNotFound' } } });
  });
});

describe('data', () => {
  let readerId: string;
  beforeAll(async () => {
    const { data, datastores } = server.context.workspace;
    const store = datastores.default;
    for (const word of ['one', 'two']) {
      const { uri } = await store.write(`in put/${word}.csv`, Buffer.from(`word\n${word}\n`));
      await data.create({ name: 'words', uri });
    }
    const definition = JSON.stringify({
      type: 'pipeline',
      inputs: { file: { type: 'uri_file', path: 'azureml:words@latest' } },
      jobs: { say: { command: 'cat ${{inputs.f}}', inputs: { f: '${{parent.inputs.file}}' } } },
    });
    ({ id: readerId } = await publishEcho(server, definition));
  });

  const dataSet = (Id: string) => ({
    DataSetDefinitionValueAssignments: { file: { SavedDataSetReference: { Id } } },
  });
  const path = (RelativePath: string) => ({
    DataPathAssignments: { file: { DataStoreName: 'workspaceblobstore', RelativePath } },
  });

  test.each([
    ['what was published', {}, 'two', 'words:2'],
    ['a data set by its id', dataSet('words:1'), 'one', 'words:1'],
    ['the latest of a data set', dataSet('words'), 'two', 'words:2'],
    ['a reference', { ParameterAssignments: { file: 'azureml:words:1' } }, 'one', 'words:1'],
  ])('can be %s', async (_what, body, word, Id) => {
    const answer = await submit(body, readerId);
    expect(await logOf(answer)).toContain(word);
    expect(answer.json).toMatchObject({
      DataSetDefinitionValueAssignments: { file: { SavedDataSetReference: { Id } } },
      ParameterAssignments: {},
    });
  });

  test('can be a data set by its GUID, as Azure ML knows one', async () => {
    const { id } = await server.context.workspace.data.get('words', '1');
    const answer = await submit(dataSet(id), readerId);
    expect(await logOf(answer)).toContain('one');
    expect(answer.json).toMatchObject(dataSet('words:1'));
  });

  test('can be a path of a datastore', async () => {
    const answer = await submit(path('in put/one.csv'), readerId);
    expect(await logOf(answer)).toContain('one');
    expect(answer.json).toMatchObject(path('in put/one.csv'));
  });

  test.each([
    ['a path that is not there', path('none.csv'), 404],
    ['a path that leads out', path('../../secrets.key'), 400],
    ['a data set that is not there', dataSet('none:1'), 404],
    ['a GUID that no data set has', dataSet('00000000-0000-4000-8000-000000000000'), 404],
    ['no path', { DataPathAssignments: { file: { DataStoreName: 'x' } } }, 400],
    ['a path that is a number', { DataPathAssignments: { file: 5 } }, 400],
    ['no id', { DataSetDefinitionValueAssignments: { file: {} } }, 400],
  ])('cannot be %s', async (_what, body, status) => {
    const answer = await submit(body, readerId);
    expect(answer).toMatchObject({ status, json: { Error: { Code: expect.any(String) } } });
  });
});

describe('a run', () => {
  test('tells how it goes, by its id in any spelling', async () => {
    const id = textAt(await submit({}), 'Id');
    await server.context.jobs.waitFor(id);
    const guid = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase();
    for (const spelling of [id, id.toUpperCase(), guid]) {
      expect((await server.get(`${pipelinesPath}/${spelling}`)).json).toMatchObject({
        Id: id,
        Status: { StatusCode: 2, EndTime: expect.stringMatching(/Z$/) },
        HasErrors: false,
      });
    }
  });

  test('that fails says why', async () => {
    const { id: failing } = await publishEcho(server, echoDefinition('echo no >&2; exit 3'));
    const id = textAt(await submit({}, failing), 'Id');
    await server.context.jobs.waitFor(id);
    expect((await server.get(`${pipelinesPath}/${id}`)).json).toMatchObject({
      Status: { StatusCode: 3, StatusDetail: expect.stringContaining('code 3') },
      HasErrors: true,
    });
  });

  test('is cancelled, and whoever asks again or too late is answered alike', async () => {
    const id = textAt(await submit({}, slowId), 'Id');
    for (const spelling of ['Cancel', 'cancel']) {
      const answer = await server.post(`${pipelinesPath}/${id}/${spelling}`, '');
      expect(answer).toMatchObject({ status: 200, json: { Id: id } });
    }
    await server.context.jobs.waitFor(id);
    const late = await server.post(`${pipelinesPath}/${id}/Cancel`);
    expect(late).toMatchObject({
      status: 200,
      json: { Status: { StatusCode: 4, StatusDetail: 'cancelled by admin' } },
    });
  });

  test('stands in the list of its pipeline, the newest first', async () => {
    const { id } = await publishEcho(server);
    const first = textAt(await submit({}, id), 'Id');
    const second = textAt(await submit({}, id), 'Id');
    const { json } = await server.get(`${pipelinesPath}/Pipeline/${id}`);
    expect((json as { Id: string }[]).map(({ Id }) => Id)).toEqual([second, first]);
  });
});

describe('what is refused', () => {
  const refused = (status: number, Code: string, ...words: readonly string[]) => ({
    status,
    json: { Error: { Code, Message: expect.stringMatching(new RegExp(words.join('[^]*'))) } },
  });
  const runs = async () => (await server.context.jobs.list({ limit: 1_000 })).length;

  test('every mistaken parameter is named, and nothing has started', async () => {
    const before = await runs();
    const ParameterAssignments = { alhpa: 1, alpha: 'much', model_name: ['a'], other: {} };
    expect(await submit({ ParameterAssignments })).toMatchObject(
      refused(
        400,
        'JobInputInvalid',
        "'model_name'",
        "'other'",
        "'alhpa'",
        "mean 'alpha'",
        "'much'",
      ),
    );
    expect(await runs()).toBe(before);
  });

  test.each([
    ['a list', '[1]', 'the body'],
    ['a text', '"a"', 'the body'],
    ['what is no JSON', '{"a": ', 'the body is not JSON'],
    ['assignments that are a list', '{"ParameterAssignments": [1]}', 'ParameterAssignments'],
    ['an experiment that is a number', '{"experimentName": 5}', 'ExperimentName'],
    ['an experiment without a name', '{"experimentName": ""}', 'experiment'],
    ['tags that are objects', '{"tags": {"a": {}}}', 'Tags.a'],
    ['a tag that cannot be', '{"tags": {"a#b": "1"}}', "tag name 'a#b'"],
    ['a parent that is no run', '{"ParentRunId": "none"}', "ParentRunId 'none'"],
  ])('%s is 400', async (_what, body, words) => {
    const before = await runs();
    const answer = await submit(body);
    expect(answer).toMatchObject({ status: 400, json: { Error: { Code: expect.any(String) } } });
    expect(answer.text).toContain(words);
    expect(await runs()).toBe(before);
  });

  test('a body that is not UTF-8 is told how to become it', async () => {
    const payload = Buffer.from('{"ExperimentName": "gr\xf6\xdfe"}', 'latin1');
    const answer = await server.call('POST', `${pipelinesPath}/PipelineSubmit/${pipelineId}`, {
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer).toMatchObject(refused(400, 'InvalidParameterValue', 'UTF8.GetBytes'));
  });

  test('what is not there, or disabled, is 404', async () => {
    const none = '00000000-0000-0000-0000-000000000000';
    expect(await submit({}, none)).toMatchObject(refused(404, 'PipelineNotFound', none));
    expect(await server.get(`${pipelinesPath}/none`)).toMatchObject(refused(404, 'JobNotFound'));
    expect(await server.post(`${pipelinesPath}/none/Cancel`)).toMatchObject(
      refused(404, 'JobNotFound'),
    );
    expect(await server.get(`${pipelinesPath}/Pipeline/${none}`)).toMatchObject(
      refused(404, 'PipelineNotFound'),
    );
    for (const path of [`Id/${none}`, 'Name/none']) {
      expect(
        await server.post(`${pipelinesPath}/PipelineEndpointSubmit/${path}`, {}),
      ).toMatchObject(refused(404, 'PipelineEndpointNotFound'));
    }
    const { id, name } = await publishEcho(server);
    await server.context.pipelines.setStatus(id, 'Disabled');
    expect(await submit({}, id)).toMatchObject(refused(404, 'PipelineDisabled', 'enable'));
    await server.context.pipelines.endpoints.setStatus(name, 'Disabled');
    expect(
      await server.post(`${pipelinesPath}/PipelineEndpointSubmit/Name/${name}`, {}),
    ).toMatchObject(refused(404, 'PipelineEndpointDisabled'));
  });

  test('who has no token is told so, in Azure ML’s shape', async () => {
    const answer = await server.post(
      `${pipelinesPath}/PipelineSubmit/${pipelineId}`,
      {},
      { token: null },
    );
    expect(answer).toMatchObject(refused(401, 'Unauthenticated', 'Authorization: Bearer'));
  });
});
