// What a step's command sees of its inputs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, submissionOf } from '../test/pipelines.ts';
import { problemsOf, runsOf } from '../test/settled.ts';
import { datasetTag } from './lineage.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

const folderOutput = { out: { type: 'uri_folder' } };

/** A file of the output `out` of a step. */
async function outputOf(job: Job, step: string, file: string): Promise<string> {
  expect(job.error).toBeNull();
  const runId = job.steps.find(({ name }) => name === step)?.runId ?? '';
  const output = await open.workspace.artifacts.localPath(runId, 'outputs/out');
  return readFile(path.join(output, file), 'utf8');
}

async function run(submission: JobSubmission, inputs?: JobSubmission['inputs']): Promise<Job> {
  const { id } = await open.engine.submit(inputs ? { ...submission, inputs } : submission);
  return open.engine.waitFor(id);
}

/** A step that writes the value of each input into a file of that name. */
function showing(names: readonly string[]) {
  const write = (name: string) => `printf %s \${{inputs.${name}}} > \${{outputs.out}}/${name}`;
  return {
    command: names.map(write).join('\n'),
    inputs: Object.fromEntries(names.map((name) => [name, `\${{parent.inputs.${name}}}`])),
    outputs: folderOutput,
  };
}

const texts = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string', default: '' }]));

const upload = (file: string, content: string) =>
  open.workspace.datastores.default.write(file, Buffer.from(content));

describe('literals', () => {
  const hostile = {
    quotes: `it's "quoted" \\ and 'again'`,
    substitution: '$(touch owned) `id` ${HOME} $HOME',
    lines: 'first\nsecond\n\n\tlast; exit 9',
    operators: '; rm -rf . & | > < * ? ~ # ! {a,b}',
    option: '-n',
    empty: '',
    unicode: 'Größe 測定 🧪',
    expression: '${{inputs.quotes}}',
    long: 'x'.repeat(50_000),
    ['__proto__']: 'polluted?',
    constructor: 'Object?',
  };
  const names = Object.keys(hostile);

  test('reach the command as they are, whatever they hold', async () => {
    const job = await run(pipelineOf({ show: showing(names) }, { inputs: texts(names) }), hostile);
    for (const [name, value] of Object.entries(hostile)) {
      expect([name, await outputOf(job, 'show', name)]).toEqual([name, value]);
    }
    expect(job.inputs).toEqual(hostile);
  });

  test('reach it as well when they stand in the step itself, or are numbers', async () => {
    const inputs = { text: `it's $HOME`, number: 0.1, integer: -3, boolean: true };
    const step = { ...showing(Object.keys(inputs)), inputs };
    const job = await run(pipelineOf({ show: step }));
    for (const [name, value] of Object.entries(inputs)) {
      expect(await outputOf(job, 'show', name)).toBe(String(value));
    }
  });

  test('of a submission go before those of the definition', async () => {
    const definition = pipelineOf(
      { show: showing(['alpha', 'name']) },
      { inputs: { alpha: 0.5, name: 'default' } },
    );
    const job = await run(definition, { alpha: '0.25' });
    expect(await outputOf(job, 'show', 'alpha')).toBe('0.25');
    expect(await outputOf(job, 'show', 'name')).toBe('default');
    expect(job.inputs).toEqual({ alpha: '0.25', name: 'default' });
  });

  test('reach the command of a command job', async () => {
    const { command, outputs } = showing(['alpha']);
    const job = await run(
      submissionOf({ type: 'command', command, inputs: { alpha: 0.5 }, outputs }),
    );
    expect(job.type).toBe('command');
    expect(job.steps.map(({ name }) => name)).toEqual(['command']);
    expect(await outputOf(job, 'command', 'alpha')).toBe('0.5');
  });
});

describe('data', () => {
  const cat = { command: 'cat ${{inputs.data}} > ${{outputs.out}}/data', outputs: folderOutput };

  test('of a local file or folder is what was uploaded for its path', async () => {
    const file = await upload('uploads/1.csv', 'x,y\n1,2\n');
    await upload('uploads/folder/part.csv', 'part');
    const folder = 'azureml://datastores/workspaceblobstore/paths/uploads/folder';
    const inputs = {
      data: { type: 'uri_file', path: './my data.csv' },
      folder: { type: 'uri_folder', path: './constructor' },
    };
    const command = `${cat.command} && cat \${{inputs.folder}}/part.csv >> \${{outputs.out}}/data`;
    const job = await run({
      ...pipelineOf({ read: { ...cat, command, inputs } }),
      uploads: { './my data.csv': file.uri, './constructor': folder },
    });
    expect(await outputOf(job, 'read', 'data')).toBe('x,y\n1,2\npart');
  });

  test('on a datastore is read where it lies', async () => {
    const { uri } = await upload('a/b.txt', 'b');
    const inputs = { data: { type: 'uri_file', path: uri } };
    const step = { ...cat, inputs: { data: '${{parent.inputs.data}}' } };
    const job = await run(pipelineOf({ read: step }, { inputs }));
    expect(await outputOf(job, 'read', 'data')).toBe('b');
    expect(job.inputs).toEqual({ data: uri });
  });

  const assetInput = { data: { type: 'uri_file', path: 'azureml:diabetes@latest' } };

  test('assets are pinned when the job is submitted, also through another server', async () => {
    const version = async (file: string, content: string) =>
      open.workspace.data.create({ name: 'diabetes', uri: (await upload(file, content)).uri });
    await version('1.csv', 'x\n1\n');
    const step = { ...cat, inputs: { data: '${{parent.inputs.data}}' } };
    const read = { ...step, command: `${lab.control.waitAt('read')}\n${step.command}` };
    const { id, inputs } = await open.engine.submit(pipelineOf({ read }, { inputs: assetInput }));
    expect(inputs).toEqual({ data: 'azureml:diabetes:1' });
    await version('2.csv', 'x\n2\n');
    await lab.close();
    open = await lab.open();
    await lab.control.openGates(['read']);
    const job = await open.engine.waitFor(id);
    expect(await outputOf(job, 'read', 'data')).toBe('x\n1\n');
    expect(job.inputs).toEqual({ data: 'azureml:diabetes:1' });
  });

  test('assets that a step has used are noted on its run and on the job', async () => {
    const { uri } = await upload('1.csv', 'x\n1\n');
    const asset = await open.workspace.data.create({ name: 'diabetes', uri });
    const job = await run(pipelineOf({ read: { ...cat, inputs: assetInput } }));
    const runs = await runsOf(open.workspace, job);
    const root = runs.find(({ info }) => info.run_id === job.id);
    expect(root?.data.tags).toContainEqual({ key: datasetTag, value: 'diabetes:1' });
    const ofStep = runs.find(({ info }) => info.run_id === job.steps[0]?.runId);
    expect(ofStep?.inputs.dataset_inputs).toMatchObject([
      {
        dataset: { name: 'diabetes', digest: asset.sha256.slice(0, 36) },
        tags: [{ key: 'mlflow.data.context', value: 'data' }],
      },
    ]);
  });

  test('that has changed since fails the step before it starts', async () => {
    const { uri } = await upload('1.csv', 'x\n1\n');
    await open.workspace.data.create({ name: 'diabetes', uri });
    await upload('1.csv', 'x\n2\n');
    const job = await run(pipelineOf({ read: { ...cat, inputs: assetInput } }));
    expect(job.error).toEqual({
      code: 'STEP_PREPARATION_FAILED',
      message: expect.stringMatching(/^step 'read' could not be started: .*no longer holds/),
    });
    expect(await problemsOf(lab, open, job)).toEqual([]);
  });

  test('may be a registered model: its folder, of the version that was the latest', async () => {
    const { artifacts, models, runs } = open.workspace;
    const { info } = await runs.create({ experimentId: '0' });
    await models.createRegisteredModel({ name: 'ridge' });
    for (const version of ['1', '2']) {
      await artifacts.write(info.run_id, `model${version}/MLmodel`, Buffer.from(version));
      await models.createVersion({ name: 'ridge', source: `runs:/${info.run_id}/model${version}` });
    }
    const command =
      'cat ${{inputs.old}}/MLmodel ${{inputs.new}}/MLmodel > ${{outputs.out}}/versions';
    const inputs = {
      old: { type: 'mlflow_model', path: 'azureml:ridge:1' },
      new: { type: 'mlflow_model', path: 'azureml:ridge@latest' },
    };
    const job = await run(pipelineOf({ score: { command, inputs, outputs: folderOutput } }));
    expect(await outputOf(job, 'score', 'versions')).toBe('12');
  });
});
