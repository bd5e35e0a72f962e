// Publishing, starting, disabling: on a real engine with real steps.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { tarOf } from '../test/tar-file.ts';
import { until } from '../test/until.ts';
import type { PipelineStart } from './published-pipeline.ts';
import { PublishedPipelines } from './published-pipelines.ts';

let lab: Lab;
let open: OpenEngine;
let pipelines: PublishedPipelines;
let time: number;

beforeEach(async () => {
  lab = await Lab.make();
  await openAll();
});
afterEach(() => lab.dispose());

async function openAll(): Promise<void> {
  open = await lab.open();
  time = Date.UTC(2026, 6, 1);
  pipelines = await PublishedPipelines.open(open.workspace, open.engine, {
    now: () => {
      time += 1_000;
      return time;
    },
  });
}

const greeting = pipelineOf(
  {
    greet: {
      command: 'echo "${{inputs.word}} ${{inputs.count}}"',
      inputs: { word: '${{parent.inputs.word}}', count: '${{parent.inputs.count}}' },
    },
  },
  {
    inputs: { word: 'hello', count: { type: 'integer', default: 1 } },
    experiment_name: 'greetings',
  },
);

const publish = (name = 'greet', more: object = {}) =>
  pipelines.publish({ name, submission: greeting, ...more }, { submittedBy: 'ann' });

const refusal = (code: string, ...words: readonly string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(new RegExp(words.join('[^]*'))),
  });

async function logOf(id: string): Promise<string> {
  return (await open.engine.readLog(id, 'greet', 0)).bytes.toString();
}

describe('publishing', () => {
  test('keeps the pipeline with its parameters, their types and defaults', async () => {
    const published = await publish('greet', { version: '7', description: 'Says hello' });
    expect(published).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      name: 'greet',
      version: '7',
      description: 'Says hello',
      status: 'Active',
      experimentName: 'greetings',
      parameters: [
        { name: 'word', type: 'string', default: 'hello', required: false, description: null },
        { name: 'count', type: 'integer', default: 1, required: false, description: null },
      ],
      steps: ['greet'],
      createdBy: 'ann',
      createdAt: '2026-07-01T00:00:01.000Z',
      updatedAt: '2026-07-01T00:00:01.000Z',
    });
    expect(await pipelines.get(published.id.toUpperCase())).toEqual(published);
  });

  test('starts nothing', async () => {
    await publish();
    expect(await open.engine.list({ limit: 10 })).toEqual([]);
  });

  test('counts versions up where none is given, from the greatest number', async () => {
    expect((await publish()).version).toBe('1');
    expect((await publish()).version).toBe('2');
    await publish('greet', { version: '20260701.3' });
    await publish('greet', { version: '41' });
    expect((await publish()).version).toBe('42');
    expect((await publish('other')).version).toBe('1');
  });

  test('refuses the same name and version twice, also when both come at once', async () => {
    const both = [publish('greet', { version: '1' }), publish('greet', { version: '1' })];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(publish('greet', { version: '1' })).rejects.toEqual(
      refusal('PIPELINE_VERSION_EXISTS', "'greet'", "version '1'"),
    );
  });

  test.each([
    ['no name', { name: '' }],
    ['a name of blanks', { name: '  ' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['a long name', { name: 'a'.repeat(251) }],
    ['a name that is no text', { name: '\ud800' }],
    ['no version', { version: '' }],
    ['a version that is a path', { version: '../1' }],
    ['a long version', { version: '1'.repeat(101) }],
    ['a long description', { description: 'a'.repeat(5_001) }],
    ['an endpoint without a name', { endpoint: ' ' }],
  ])('refuses %s', async (_what, more) => {
    await expect(publish('greet', more)).rejects.toEqual(refusal('PIPELINE_INVALID'));
    expect(await pipelines.list({ limit: 10 })).toEqual([]);
    expect(await pipelines.endpoints.list(10)).toEqual([]);
  });

  test.each([
    [
      'a cycle',
      { jobs: { a: { command: 'x', inputs: { b: '${{parent.jobs.a.outputs.o}}' } } } },
      400,
    ],
    [
      'data that is not there',
      { inputs: { d: { type: 'uri_file', path: 'azureml:none@latest' } } },
      404,
    ],
    ['code that was not uploaded', { jobs: { a: { command: 'x', code: './src' } } }, 400],
    [
      'an environment that is not there',
      { jobs: { a: { command: 'x', environment: 'azureml:none:1' } } },
      404,
    ],
  ])('checks the pipeline as for a run, and refuses %s', async (_what, change, status) => {
    const jobs = { a: { command: 'true' } };
    const submission = pipelineOf(jobs, change);
    await expect(pipelines.publish({ name: 'bad', submission })).rejects.toMatchObject({ status });
    expect(await pipelines.list({ limit: 10 })).toEqual([]);
  });

  test('takes inputs without a default, which each start then has to give', async () => {
    const submission = pipelineOf(
      { greet: { command: 'echo ${{inputs.w}}', inputs: { w: '${{parent.inputs.w}}' } } },
      { inputs: { w: { type: 'string' }, n: { type: 'integer', min: 3, max: 5 } } },
    );
    const { id, parameters } = await pipelines.publish({ name: 'required', submission });
    expect(parameters).toMatchObject([
      { name: 'w', default: null, required: true },
      { name: 'n', default: null, required: true },
    ]);
    await expect(pipelines.submit(id)).rejects.toEqual(
      refusal('JOB_INPUT_INVALID', "input 'w'", "input 'n'"),
    );
    const job = await pipelines.submit(id, { inputs: { w: 'hi', n: '4' } });
    expect(job.inputs).toEqual({ w: 'hi', n: '4' });
  });

  test('asks for a default where an input is data', async () => {
    const submission = pipelineOf(
      { a: { command: 'true' } },
      { inputs: { d: { type: 'uri_file' } } },
    );
    await expect(pipelines.publish({ name: 'd', submission })).rejects.toEqual(
      refusal('PIPELINE_INVALID', "input 'd'", 'default'),
    );
  });
});

describe('a start', () => {
  test('is a job that knows its pipeline, and who has started it', async () => {
    const { id } = await publish();
    const start: PipelineStart = {
      inputs: { word: 'ahoi', count: 3 },
      experimentName: 'pipeline-cycle-test',
      displayName: 'By hand',
      description: 'to see it run',
      tags: { BuildId: '7' },
      stepTags: { BuildUri: 'there' },
      properties: { team: 'a', 'azureml.pipelineid': 'another' },
    };
    const { id: jobId } = await pipelines.submit(id, start, { submittedBy: 'ci' });
    const job = await open.engine.waitFor(jobId);
    expect(job).toMatchObject({
      status: 'Completed',
      experimentName: 'pipeline-cycle-test',
      displayName: 'By hand',
      inputs: { word: 'ahoi', count: '3' },
      tags: { BuildId: '7' },
      properties: { team: 'a', 'azureml.pipelineid': id },
      submittedBy: 'ci',
      source: `pipeline:${id}`,
    });
    expect(await logOf(jobId)).toBe('ahoi 3\n');
    expect((await pipelines.runs(id, 10)).map((each) => each.id)).toEqual([jobId]);
  });

  test('takes what was published where it gives nothing, or null', async () => {
    const { id } = await publish();
    const { id: jobId } = await pipelines.submit(id, { inputs: { word: null } });
    await open.engine.waitFor(jobId);
    expect(await logOf(jobId)).toBe('hello 1\n');
    expect((await open.engine.get(jobId)).experimentName).toBe('greetings');
  });

  test('names every mistaken parameter at once', async () => {
    const { id } = await publish();
    const inputs = { word: ['a'], count: 'many', wrod: 'x', other: {} };
    await expect(pipelines.submit(id, { inputs })).rejects.toEqual(
      refusal('JOB_INPUT_INVALID', "'word' is a list", "'other' is an object", "'wrod'", "'count'"),
    );
    expect(await pipelines.runs(id, 10)).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('knows no input %s', async (name) => {
    const { id } = await publish();
    const inputs = Object.fromEntries([[name, 'x']]);
    await expect(pipelines.submit(id, { inputs })).rejects.toEqual(
      refusal('JOB_INPUT_INVALID', `'${name}'`),
    );
  });

  test('takes the latest data of the moment in which it comes', async () => {
    const { data, datastores } = open.workspace;
    const upload = async (content: string) => {
      const store = datastores.default;
      const { uri } = await store.write(`${content}.csv`, Buffer.from(`word\n${content}\n`));
      await data.create({ name: 'words', uri });
    };
    await upload('one');
    const submission = pipelineOf(
      { greet: { command: 'cat ${{inputs.d}}', inputs: { d: '${{parent.inputs.d}}' } } },
      { inputs: { d: { type: 'uri_file', path: 'azureml:words@latest' } } },
    );
    const { id, parameters } = await pipelines.publish({ name: 'reader', submission });
    expect(parameters).toMatchObject([{ type: 'uri_file', default: 'azureml:words@latest' }]);
    await upload('two');
    expect((await pipelines.submit(id)).inputs).toEqual({ d: 'azureml:words:2' });
    const older = await pipelines.submit(id, { inputs: { d: 'azureml:words:1' } });
    expect(older.inputs).toEqual({ d: 'azureml:words:1' });
  });

  test('takes the component that is the latest in the moment in which it comes', async () => {
    const { components } = open.workspace;
    const register = async (word: string) => {
      const text = `type: command\nname: say\ncommand: echo ${word}\n`;
      await components.create({ name: 'say', text, fileName: 'say.yml', code: {}, components: {} });
    };
    await register('old');
    const definition =
      'type: pipeline\njobs: {greet: {type: command, component: azureml:say@latest}}';
    const submission = { definition, fileName: 'p.yml', code: {}, uploads: {} };
    const { id } = await pipelines.publish({ name: 'component', submission });
    await register('new');
    const { id: jobId } = await pipelines.submit(id);
    await open.engine.waitFor(jobId);
    expect(await logOf(jobId)).toBe('new\n');
  });

  test('goes on after a step that fails where it says so', async () => {
    const gate = path.join(lab.folder, 'gate');
    const waits = `until [ -e "${gate}" ]; do sleep 0.05; done`;
    const submission = pipelineOf({ bad: { command: 'exit 1' }, long: { command: waits } });
    const { id } = await pipelines.publish({ name: 'failing', submission });
    const statusOf = async (jobId: string, step: string) =>
      (await open.engine.get(jobId)).steps.find(({ name }) => name === step)?.status;

    const stops = await pipelines.submit(id, { continueOnStepFailure: false });
    await open.engine.waitFor(stops.id);
    expect(await statusOf(stops.id, 'long')).toBe('Canceled');

    const goesOn = await pipelines.submit(id, { continueOnStepFailure: true });
    await until('a step has failed', async () => (await statusOf(goesOn.id, 'bad')) === 'Failed');
    await writeFile(gate, '');
    await open.engine.waitFor(goesOn.id);
    expect(await statusOf(goesOn.id, 'long')).toBe('Completed');
  });

  test('runs the code that was published, after a restart of the server too', async () => {
    const { id: codeId } = await open.workspace.code.store(tarOf({ 'say.sh': 'echo published' }));
    const submission = pipelineOf({ greet: { command: 'sh say.sh', code: './src' } });
    const { id } = await pipelines.publish({
      name: 'coded',
      submission: { ...submission, code: { './src': codeId } },
    });
    await lab.close();
    await openAll();
    const { id: jobId } = await pipelines.submit(id);
    await open.engine.waitFor(jobId);
    expect(await logOf(jobId)).toBe('published\n');
  });
});

describe('a pipeline', () => {
  test('that is disabled cannot be started, until it is enabled', async () => {
    const { id } = await publish();
    expect(await pipelines.setStatus(id, 'Disabled')).toMatchObject({
      status: 'Disabled',
      updatedAt: '2026-07-01T00:00:02.000Z',
    });
    await expect(pipelines.submit(id)).rejects.toEqual(refusal('PIPELINE_DISABLED', 'enable'));
    await pipelines.setStatus(id, 'Active');
    expect((await pipelines.submit(id)).id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is found by name, version and status, the newest first', async () => {
    const first = await publish();
    const second = await publish();
    const other = await publish('other');
    await pipelines.setStatus(first.id, 'Disabled');
    const found = async (filter: object) =>
      (await pipelines.list({ limit: 10, ...filter })).map(({ id }) => id);
    expect(await found({})).toEqual([other.id, second.id, first.id]);
    expect(await found({ limit: 1 })).toEqual([other.id]);
    expect(await found({ name: 'greet' })).toEqual([second.id, first.id]);
    expect(await found({ name: 'greet', version: '1' })).toEqual([first.id]);
    expect(await found({ status: 'Active' })).toEqual([other.id, second.id]);
    expect(await found({ name: 'none' })).toEqual([]);
  });

  test.each(['none', '', '\0', '00000000-0000-0000-0000-000000000000'])(
    'of the id %j is not there, and all say so',
    async (id) => {
      const refused = refusal('PIPELINE_NOT_FOUND');
      await expect(pipelines.get(id)).rejects.toEqual(refused);
      await expect(pipelines.submit(id)).rejects.toEqual(refused);
      await expect(pipelines.runs(id, 1)).rejects.toEqual(refused);
      await expect(pipelines.setStatus(id, 'Disabled')).rejects.toEqual(refused);
      await expect(pipelines.endpoints.create({ name: 'e', pipelineId: id })).rejects.toEqual(
        refused,
      );
    },
  );
});

test('a workspace that is opened again has all that was published', async () => {
  const published = await publish('greet', { endpoint: 'always' });
  const [endpoint] = await pipelines.endpoints.list(10);
  await lab.close();
  await openAll();
  expect(await pipelines.get(published.id)).toEqual(published);
  expect(await pipelines.endpoints.getByName('always')).toEqual(endpoint);
});
