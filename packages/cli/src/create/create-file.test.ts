import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFile } from './create-file.ts';

// Nothing answers there: what is refused here was refused before anything was sent.
const client = new RidgelineClient({ url: 'http://127.0.0.1:9', token: 'none', retryForMs: 0 });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'create-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function refusal(text: string, set: Record<string, string> = {}): Promise<unknown> {
  const file = path.join(folder, 'what.yml');
  await writeFile(file, text);
  return createFile(client, file, { set }).catch((error: unknown) => error);
}

describe('a file that is nothing that can be made', () => {
  test.each([
    ['a list', '- a\n'],
    ['something else', 'colour: red\n'],
    ['binary', '\0\u0001\ufffd'],
  ])('(%s) is told what it could be', async (_name, text) => {
    expect(await refusal(text)).toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringMatching(/nothing that can be made.*a job, a component, a data asset/),
    });
  });

  test.each(['', '{', 'a: [1,\n'])('(no YAML: %j) is told where', async (text) => {
    expect(await refusal(text)).toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringMatching(/nothing that can be made:\n.*what\.yml:\d+:\d+: error YAML/),
    });
  });

  test('or is not there', async () => {
    const asked = createFile(client, path.join(folder, 'none.yml'), { set: {} });
    await expect(asked).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(createFile(client, folder, { set: {} })).rejects.toThrow('is a folder');
  });
});

test('--set is for jobs alone', async () => {
  expect(await refusal('type: amlcompute\nname: cpu\n', { a: 'b' })).toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('a compute; leave --set out'),
  });
});

describe('all mistakes of a file are told at once, before anything is sent', () => {
  test.each([
    ['a compute', 'type: amlcompute\nnaem: a\nmax_instances: -1\n', ['2:1', '3:16']],
    ['a datastore', 'type: azure_blob\nname: a b\naccount: x\ncontainer_name: c\n', ['2:7', '3:1']],
    ['data', 'type: uri_file\nname: a/b\npth: x\n', ['2:7', '3:1']],
    ['a model', 'type: custom_model\nname: a/b\npth: x\n', ['2:7', '3:1']],
    [
      'a component',
      'type: command\nversion: 1\ncomand: x\ninputs: {a: {type: x}}\n',
      ['3:1', '4:20'],
    ],
    [
      'a job',
      'type: pipeline\njobs:\n  a: {component: ./no.yml}\n  b: {comand: x}\n',
      ['3:18', '4:7'],
    ],
  ])('%s', async (_name, text, places) => {
    const refused = await refusal(text);
    expect(refused).toMatchObject({ code: 'FILE_INVALID' });
    for (const place of places) expect(String(refused)).toContain(`what.yml:${place}: error`);
  });

  test.each([
    ['type: kubernetes\nname: cluster\nresource_id: x\n', 'has no stand-in'],
    ['type: databricks\nname: spark\n', "needs 'workspace_url', 'properties.cluster_id'"],
    ['type: azure_data_lake_gen1\nname: lake\nstore_name: s\n', 'has no stand-in'],
    ['type: uri_file\nname: a\npath: azureml:other:1\n', 'names another data asset'],
    ['type: triton_model\nname: a\npath: .\n', 'cannot be served here'],
  ])('%j: what cannot be made says what can', async (text, words) => {
    expect(await refusal(text)).toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining(words),
    });
  });

  test('a key of an account is in no message', async () => {
    const text = 'type: azure_blob\nname: a\naccount: x\ncredentials: {account_key: [TheKey]}\n';
    expect(String(await refusal(text))).not.toContain('TheKey');
  });
});
