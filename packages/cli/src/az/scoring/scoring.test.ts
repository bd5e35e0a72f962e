import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flag } from '../grammar/flag.ts';
import { parseFlags } from '../grammar/parse-flags.ts';
import { readDeploymentConfig } from './deployment-config.ts';
import { servedScript } from './entry-script.ts';
import { inferenceConfig } from './inference-config.ts';
import { packageFolder, writePackage } from './write-package.ts';

const known = [
  flag.value('--inference-config-file --ic'),
  flag.value('--entry-script --es'),
  flag.value('--source-directory --sd'),
  flag.value('--conda-file --cf'),
  flag.value('--runtime --rt'),
];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'az-scoring-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, text = ''): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

const config = async (...words: readonly string[]) =>
  inferenceConfig(await parseFlags(words, known));

describe('an inference configuration', () => {
  test('places its script in the folder of the file, and names what has no effect', async () => {
    const file = await put(
      'ic.yml',
      'entryScript: score.py\ncondaFile: ../c.yml\nenableGpu: False\n',
    );
    expect(await config('--ic', file)).toEqual({
      folder,
      script: 'score.py',
      ignored: ['condaFile'],
    });
  });

  test('takes a source directory, in which the script has to be', async () => {
    const file = await put('ic.yml', 'entryScript: scoring/score.ts\nsourceDirectory: ..\n');
    const found = await config('--ic', file);
    expect(found).toMatchObject({ folder: path.dirname(folder), script: 'scoring/score.ts' });
    const outside = await put('out.yml', 'entryScript: ../score.ts\nsourceDirectory: code\n');
    await expect(config('--ic', outside)).rejects.toThrow('is not in its folder');
  });

  test('gives way to flags', async () => {
    const file = await put('ic.yml', 'entryScript: other.py\n');
    const script = path.join(folder, 'score.ts');
    const found = await config('--ic', file, '--es', script, '--cf', 'c.yml', '--rt', 'python');
    expect(found).toEqual({ folder, script: 'score.ts', ignored: ['--conda-file', '--runtime'] });
  });

  test.each([
    ['entryscript: score.py\n', 'Did you mean "entryScript"'],
    ['- a\n', 'expected names with values'],
    ['entryScript: [a]\n', "'entryScript' is no text"],
    ['a: "\n', 'ic.yml:'],
  ])('%j is refused', async (text, message) => {
    await expect(config('--ic', await put('ic.yml', text))).rejects.toMatchObject({
      code: 'AZ_FILE_INVALID',
      message: expect.stringContaining(message),
    });
  });

  test('that is not there is named', async () => {
    const file = path.join(folder, 'no.yml');
    await expect(config('--ic', file)).rejects.toThrow(/no\.yml.*does not exist/);
  });
});

describe('a deployment configuration', () => {
  test('gives the time limit, and names what has no effect', async () => {
    const file = await put(
      'dc.yml',
      'computeType: aks\nscoringTimeoutMs: 5000\nauthEnabled: False\nsslEnabled: True\nlocation:\n',
    );
    expect(await readDeploymentConfig(file)).toEqual({
      computeType: 'AKS',
      environmentVariables: { SCORING_TIMEOUT_MS: '5000' },
      wantsNoKeys: true,
      ignored: ['sslEnabled'],
    });
  });

  test.each([
    ['computeType: VM\n', "'computeType' takes ACI, AKS, LOCAL"],
    ['scoringTimeoutMs: soon\n', 'no number of milliseconds'],
    ['scoringTimeoutMS: 5\n', 'Did you mean "scoringTimeoutMs"'],
  ])('%j is refused', async (text, message) => {
    const file = await put('dc.yml', text);
    await expect(readDeploymentConfig(file)).rejects.toThrow(message);
  });
});

describe('the script that is served', () => {
  const notes: string[] = [];
  const served = (script: string | undefined) =>
    servedScript({ folder, script }, (text) => notes.push(text));

  test('is the one that is named, where an endpoint runs it', async () => {
    await put('score.ts');
    expect(await served('score.ts')).toBe('score.ts');
    await expect(served('other.ts')).rejects.toMatchObject({ code: 'AZ_FILE_INVALID' });
  });

  test('is the twin of one in Python, which is told', async () => {
    await put('score.py');
    await put('score.mjs');
    expect(await served('score.py')).toBe('score.mjs');
    expect(notes.at(-1)).toContain('score.py is served by score.mjs');
  });

  test('is none where nothing is named: the model scores', async () => {
    expect(await served(undefined)).toBeUndefined();
    expect(notes.at(-1)).toContain('the model scores by itself');
  });

  test('in Python alone is refused, with what to do', async () => {
    await put('score.py');
    await expect(served('score.py')).rejects.toMatchObject({
      code: 'AZ_SCRIPT_NOT_SERVED',
      message: expect.stringContaining('write score.ts beside it'),
    });
  });
});

test('a package holds code and a deployment, without what code never needs, and is replaced whole', async () => {
  const model = { name: 'a model.pkl', version: '3' };
  const code = path.join(folder, 'code');
  const target = packageFolder(model, { PIPELINE_WORKSPACE: path.join(folder, 'job') });
  expect(target).toBe(path.join(folder, 'job', 'scoring-packages', 'a_model.pkl-3'));
  await mkdir(path.join(code, 'node_modules'), { recursive: true });
  await writeFile(path.join(code, 'score.ts'), '');
  for (const script of ['score.ts', 'score.ts', undefined]) {
    await writePackage({ model, code, script, folder: target });
    const names = (await readdir(target, { recursive: true })).sort();
    const whole = ['code', path.join('code', 'score.ts'), 'deployment.yml'];
    expect(names).toEqual(script === undefined ? ['deployment.yml'] : whole);
  }
  const yaml = await readFile(path.join(target, 'deployment.yml'), 'utf8');
  expect(yaml).toContain('model: "azureml:a model.pkl:3"');
  expect(yaml).toContain('endpoint_name: "model-a-model-pkl"');
});
