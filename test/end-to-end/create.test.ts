// `ridgeline create -f FILE`: every kind of file of Azure ML's, against a server that runs.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'create-'));
  workspace = path.join(folder, 'workspace');
  server = await startServer(workspace);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const on = (...words: string[]) => ridgeline([...words, '-w', workspace], { cwd: folder });
const client = () => new RidgelineClient({ url: server.url, token: server.token });
const create = (file: string, ...words: string[]) => on('create', '-f', file, ...words);
const schema = (name: string) =>
  `$schema: https://azuremlschemas.azureedge.net/latest/${name}.schema.json\n`;

async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    const place = path.join(folder, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}

describe('a compute', () => {
  const found = 'Found existing compute target cpu-cluster so using it.\n';

  test('is a local stand-in and says so; the same file again uses it', async () => {
    const text = `${schema('amlCompute')}name: cpu-cluster
type: amlcompute
size: STANDARD_DS12_V2
min_instances: 0
max_instances: 4
tier: low_priority
`;
    await files({
      'compute.yml': text,
      'other.yml': text.replace('max_instances: 4', 'max_instances: 9'),
    });
    expect(await create('compute.yml')).toMatchObject({
      exitCode: 0,
      stdout:
        "compute 'cpu-cluster' is a local stand-in: at most 4 steps at once on this machine; " +
        'size STANDARD_DS12_V2 has no effect\n',
    });
    expect(await create('compute.yml')).toMatchObject({ exitCode: 0, stdout: found });
    expect(await create('other.yml')).toMatchObject({ exitCode: 0, stdout: found });
    const json = await create('compute.yml', '--json');
    expect(json.stderr).toContain(found);
    expect(JSON.parse(json.stdout)).toMatchObject({ name: 'cpu-cluster', maxInstances: 4 });
  });

  test('by options is made, listed, changed and deleted', async () => {
    const made = await on('compute', 'create', '--name', 'small', '--max-instances', '1');
    expect(made.stdout).toContain("compute 'small' is a local stand-in: at most 1 step at once");
    const again = await on('compute', 'create', '--name', 'small', '--max-instances', '3');
    expect(again.stderr).toContain("'ridgeline compute update small --max-instances 3'");
    expect((await on('compute', 'create', '--name', 'small')).stdout).toBe(
      'Found existing compute target small so using it.\n',
    );
    expect((await on('compute', 'list')).stdout).toMatch(/^local .*\n(.*\n)*small /m);
    const changed = await on('compute', 'update', 'small', '--max-instances', '2', '--json');
    expect(JSON.parse(changed.stdout)).toMatchObject({ maxInstances: 2 });
    expect(await on('compute', 'delete', 'small')).toMatchObject({ exitCode: 0 });
    const missing = await on('compute', 'show', 'small');
    expect(missing).toMatchObject({ exitCode: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^error COMPUTE_NOT_FOUND: .*'local'/);
  });
});

describe('a datastore', () => {
  test('of Azure is a folder that stands in for it, and its key goes nowhere', async () => {
    await files({
      'blob.yml': `${schema('azureBlob')}name: blob_example
type: azure_blob
account_name: mlstore
container_name: training
credentials:
  account_key: TheSecretKey
`,
    });
    const made = await create('blob.yml');
    expect(made).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(
        "datastore 'blob_example' is a local stand-in folder for azure_blob mlstore/training",
      ),
    });
    expect(made.stderr).toContain('credentials');
    expect((await create('blob.yml')).stdout).toMatch(/^Found existing datastore 'blob_example'/);
    const shown = await on('datastore', 'show', 'blob_example', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ standInFor: { type: 'azure_blob' } });
    expect(JSON.stringify([made, shown])).not.toContain('TheSecretKey');
  });

  test('of a folder of this machine is read and written there', async () => {
    await files({ 'share/numbers.csv': 'x\n1\n2\n' });
    const share = path.join(folder, 'share');
    const made = await on('datastore', 'create', '--name', 'share', '--folder', share);
    expect(made.stdout).toContain(`is the folder ${share}`);
    const uri = 'azureml://datastores/share/paths/numbers.csv';
    const asset = await on('data', 'create', '--name', 'numbers', '--path', uri, '--json');
    expect(JSON.parse(asset.stdout)).toMatchObject({ uri, rowCount: 2 });
    const inside = await on('datastore', 'create', '--name', 'own', '--folder', workspace);
    expect(inside.stderr).toMatch(/^error DATASTORE_FOLDER_INVALID: /);
  });
});

describe('data', () => {
  test('is a file, a folder, or a table of several files', async () => {
    await files({
      'data/one.csv': 'a,b\n1,2\n',
      'data/table/x.csv': 'a\n1\n',
      'data/table/y.csv': 'a\n2\n',
      'data/table/MLTable': 'paths:\n  - pattern: ./*.csv\ntransformations:\n  - read_delimited\n',
      'one.yml': `${schema('data')}name: one\nversion: 1\ntype: uri_file\npath: ./data/one.csv\n`,
      'all.yml': `${schema('data')}name: all\nversion: 1\ntype: uri_folder\npath: ./data\n`,
      'table.yml': `${schema('data')}name: table\nversion: 1\ntype: mltable\npath: ./data/table\n`,
    });
    const shown = async (file: string) => JSON.parse((await create(file, '--json')).stdout);
    expect(await shown('one.yml')).toMatchObject({ type: 'uri_file', rowCount: 1 });
    expect(await shown('all.yml')).toMatchObject({ type: 'uri_folder', fileCount: 4 });
    const table = await shown('table.yml');
    expect(table).toMatchObject({ type: 'mltable', rowCount: 2, fileCount: 3 });
    expect(await shown('table.yml')).toEqual(table);
    const byId = await on('data', 'show', table.id, '--json');
    const { lineage, ...asset } = JSON.parse(byId.stdout);
    expect(asset).toEqual(table);
    expect(lineage).toMatchObject({ data: { id: table.id }, models: [], runs: [] });
  });
});

describe('a model', () => {
  test('is uploaded as artifacts of a run, once for the same content', async () => {
    await files({
      'model/MLmodel': 'flavors: {}\n',
      'model/weights.bin': '1234',
      'model.yml': `${schema('model')}name: prices\ntype: mlflow_model\npath: ./model\ntags: {team: a}\n`,
    });
    const shown = async () => JSON.parse((await create('model.yml', '--json')).stdout);
    const first = await shown();
    expect(first).toMatchObject({ name: 'prices', version: '1' });
    expect(first.source).toBe(`runs:/${first.run_id}/model`);
    expect(await shown()).toMatchObject({ version: '1' });
    await files({ 'model/weights.bin': '12345' });
    expect(await shown()).toMatchObject({ version: '2' });
    const place = `azureml://jobs/${first.run_id}/outputs/artifacts/paths/model`;
    const again = await on('model', 'create', '--name', 'copy', '--path', place, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ name: 'copy', source: first.source });
  });

  test('that is not there, or is none, is refused before anything is made', async () => {
    const nothing = `runs:/${'0'.repeat(32)}/model`;
    for (const [place, code] of [
      ['./nowhere', 'FILE_NOT_FOUND'],
      ['./data', 'FILE_INVALID'],
      [nothing, 'RESOURCE_DOES_NOT_EXIST'],
      ['azureml://datastores/x/paths/y', 'FILE_INVALID'],
    ] as const) {
      const words = ['model', 'create', '--name', 'none', '--type', 'mlflow_model'];
      const refused = await on(...words, '--path', place);
      expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
      expect(refused.stderr).toMatch(new RegExp(`^error ${code}: `));
    }
    expect((await on('model', 'list')).stdout).not.toContain('none');
  });
});

describe('a component', () => {
  test('is registered with its code; the same again is the same version', async () => {
    await files({
      'parts/echo/echo.yml': `${schema('commandComponent')}name: echo_number
version: 1
type: command
command: node say.js --number \${{inputs.number}} --to \${{outputs.said}}
code: ./src
environment: azureml:ridgeline-node@latest
inputs:
  number: {type: integer, min: 0}
outputs:
  said: {type: uri_folder}
`,
      'parts/echo/src/say.js': `const { mkdirSync, writeFileSync } = require('node:fs');
const [, number, , to] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
writeFileSync(to + '/number.txt', number);
console.log('said ' + number);
`,
    });
    const made = await create('parts/echo/echo.yml');
    expect(made.stdout).toBe(
      "component 'echo_number' version 1 (command); jobs name it azureml:echo_number:1\n",
    );
    expect((await create('parts/echo/echo.yml')).stdout).toMatch(/^Found existing component/);
    const shown = JSON.parse((await on('component', 'show', 'echo_number', '--json')).stdout);
    expect(shown).toMatchObject({ version: '1', code: { './src': expect.any(String) } });
    await files({ 'parts/echo/src/other.js': '1' });
    const other = await create('parts/echo/echo.yml');
    expect(other).toMatchObject({ exitCode: 1, stdout: '' });
    expect(other.stderr).toMatch(/^error RESOURCE_ALREADY_EXISTS: /);
    await rm(path.join(folder, 'parts/echo/src/other.js'));
  });

  test('runs in a job by its name, and as a file with its code beside it', async () => {
    await files({
      'jobs/both.yml': `${schema('pipelineJob')}type: pipeline
experiment_name: both
inputs:
  number: 7
jobs:
  registered:
    component: azureml:echo_number@latest
    inputs: {number: "\${{parent.inputs.number}}"}
  inner:
    component: ../parts/twice.yml
    inputs: {number: 8}
`,
      'parts/twice.yml': `${schema('pipelineComponent')}type: pipeline
name: twice
inputs:
  number: {type: integer}
jobs:
  first:
    component: ./echo/echo.yml
    inputs: {number: "\${{parent.inputs.number}}"}
`,
    });
    const submitted = JSON.parse(
      (await create('jobs/both.yml', '--set', 'number=9', '--json')).stdout,
    );
    const logs = await on('job', 'logs', submitted.id, '--follow');
    expect(logs.stdout).toContain('said 9');
    expect(logs.stdout).toContain('said 8');
    const job = JSON.parse((await on('job', 'show', submitted.id, '--json')).stdout);
    expect(job.steps.map((step: { name: string }) => step.name)).toEqual([
      'registered',
      'inner.first',
    ]);
    const [{ runId }] = job.steps;
    const place = `azureml://jobs/${runId}/outputs/said/paths/number.txt`;
    const model = await on('model', 'create', '--name', 'said', '--path', place, '--json');
    expect(JSON.parse(model.stdout)).toMatchObject({
      source: `runs:/${runId}/outputs/said/number.txt`,
    });
    const many = `azureml://jobs/${submitted.id}/outputs/said`;
    const unclear = await on('model', 'create', '--name', 'said', '--path', many);
    expect(unclear.stderr).toMatch(/^error MODEL_NOT_FOUND: several steps/);
  });

  test('with a mistake is told with its own file, line and column, as is one that is missing', async () => {
    await files({
      'jobs/wrong.yml': `${schema('pipelineJob')}type: pipeline
jobs:
  a: {component: ./wrong-part.yml}
  b: {component: ./no-such.yml}
  c: {component: 'azureml:no_such:1'}
`,
      'jobs/wrong-part.yml': `${schema('commandComponent')}type: command\nname: p\ncomand: echo\n`,
    });
    const refused = await create('jobs/wrong.yml');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/jobs\/wrong-part\.yml:4:1: error KEY_UNKNOWN: .*'command'/);
    expect(refused.stderr).toMatch(/jobs\/wrong\.yml:5:18: error COMPONENT_NOT_FOUND: /);
    expect(refused.stderr).toMatch(/jobs\/wrong\.yml:6:18: error COMPONENT_NOT_FOUND: /);
  });

  test('that somebody has registered reads nothing of the machine of who uses it', async () => {
    await files({
      'private/key.txt': 'a private key',
      'jobs/trap.yml': `${schema('pipelineJob')}type: pipeline\njobs:\n  a: {component: 'azureml:trap:1'}\n`,
    });
    const text = `${schema('commandComponent')}type: command\nname: trap\ncommand: cat key.txt\ncode: ${folder}/private\nenvironment: azureml:ridgeline-node@latest\n`;
    const nothing = await client().code.upload(path.join(folder, 'parts/echo/src'));
    const code = { [`${folder}/private`]: nothing.id };
    await client().components.create({ name: 'trap', text, fileName: 'trap.yml', code });
    const { id } = JSON.parse((await create('jobs/trap.yml', '--json')).stdout);
    const logs = (await on('job', 'logs', id, '--follow')).stdout;
    // The code that it was registered with, which has no such file.
    expect(logs).toContain('No such file');
    expect(logs).not.toContain('a private key');
  });
});

describe('mistakes', () => {
  test('of a file are shown all at once, with line and column, and nothing is made', async () => {
    await files({
      'wrong.yml': `${schema('amlCompute')}name: wrong\nsiez: small\nmax_instances: -1\n`,
    });
    const refused = await create('wrong.yml');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/wrong\.yml:3:1: error KEY_UNKNOWN: .*'size'/);
    expect(refused.stderr).toMatch(/wrong\.yml:4:16: error VALUE_OUT_OF_RANGE/);
    expect((await on('compute', 'show', 'wrong')).exitCode).toBe(1);
  });

  test('of words end with 2, or say what to type', async () => {
    expect(await on('create')).toMatchObject({ exitCode: 2 });
    expect(await on('compute', 'create')).toMatchObject({ exitCode: 2 });
    expect(await on('datastore', 'create', '--name', 'x')).toMatchObject({ exitCode: 2 });
  });

  test('of memory are helped by examples', async () => {
    const commands = ['create', 'compute create', 'component create', 'datastore create'];
    const shown = await Promise.all(
      commands.map((command) => ridgeline([...command.split(' '), '--help'])),
    );
    for (const { stdout } of shown) expect(stdout).toMatch(/Examples?:\n {2}ridgeline /);
  });
});
