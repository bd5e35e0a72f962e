// The calls of the stand-in on models: listed, deployed, packed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AzLab } from './az.fixture.ts';

let lab: AzLab;

beforeAll(async () => {
  lab = await AzLab.open();
});

afterAll(() => lab.close());

describe('models', () => {
  beforeAll(async () => {
    const experiment = await lab.client.experiments.getOrCreate('az');
    const run = await lab.client.runs.create({ experimentId: experiment.experiment_id });
    const file = path.join(lab.folder, 'weights.txt');
    await writeFile(file, '1');
    await lab.client.artifacts.upload(run.info.run_id, file, 'model/weights.txt');
    await lab.client.models.getOrCreate('sums.pkl');
    const source = `runs:/${run.info.run_id}/model`;
    for (const BuildId of ['7', '8', '8'])
      await lab.client.models.createVersion({
        name: 'sums.pkl',
        source,
        tags: { BuildId, area: 'x' },
      });
  });

  const list = async (...words: readonly string[]) => {
    const all = ['ml', 'model', 'list', '-g', 'rg', '-w', 'ws', ...words];
    const { code, stdout, stderr } = await lab.az(all, lab.signedIn);
    expect(code, stderr).toBe(0);
    return stdout;
  };

  test('are found by tags, the newest first, in the form of the source system', async () => {
    const model = JSON.parse(await list('--tag', 'BuildId=8', '--query', '[0]'));
    expect(Object.keys(model)).toEqual([
      'createdTime',
      'framework',
      'frameworkVersion',
      'id',
      'name',
      'version',
    ]);
    expect(model).toMatchObject({ id: 'sums.pkl:3', version: 3, framework: 'Custom' });
    expect(await list('--tag', 'BuildId=7', 'area=x', '--query', '[].id', '-otsv')).toBe(
      'sums.pkl:1\n',
    );
    expect(await list('--tag', 'area', '--query', 'length(@)')).toBe('3\n');
    expect(await list('--name', 'sums.pkl', '--latest', '--query=[].version', '-o=tsv')).toBe(
      '3\n',
    );
  });

  test('that are not there print nothing, as scripts test for it', async () => {
    expect(await list('--tag', 'BuildId=9', '--query', '[0]')).toBe('');
    expect(await list('--tag', 'BuildId=9', '-o', 'tsv')).toBe('');
    expect(await list('--tag', 'BuildId=9')).toBe('[]\n');
  });

  test('with -v show tags and where they come from', async () => {
    const [model] = JSON.parse(await list('-v', '--query', "[?tags.BuildId=='7']"));
    expect(model).toMatchObject({ tags: { BuildId: '7', area: 'x' }, properties: {} });
    expect(model.runId).toMatch(/^[\w-]+$/);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no name', ['--model', 'sums.pkl:3'], 'are required: --name/-n'],
    ['a model without a version', ['-n', 'svc', '-m', 'sums.pkl:'], 'expected NAME:VERSION'],
    ['two models', ['-n', 'svc', '-m', 'a:1', 'b:2'], 'names 2 models'],
    [
      'a configuration that is not there',
      ['-n', 'svc', '-m', 'a:1', '--ic', 'no.yml'],
      'it does not exist',
    ],
    ['a mistyped flag', ['-n', 'svc', '-m', 'a:1', '--overwite'], 'Did you mean "--overwrite"'],
    ['a model that is not there', ['-n', 'svc', '-m', 'nope:1', '--overwrite'], 'nope'],
  ])('are not deployed with %s', async (_, words, message) => {
    const { code, stdout, stderr } = await lab.az(
      ['ml', 'model', 'deploy', ...words],
      lab.signedIn,
    );
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  test('are deployed, and over what is there only with --overwrite', async () => {
    const code = path.join(lab.folder, 'code');
    await mkdir(code, { recursive: true });
    const script = `export const inputSchema = { type: 'object' };
export const outputSchema = { type: 'object' };
export const run = (data) => ({ result: data });
`;
    await writeFile(path.join(code, 'score.mjs'), script);
    await writeFile(path.join(code, 'ic.yml'), 'entryScript: score.py\n');
    await writeFile(path.join(code, 'dc.yml'), 'computeType: ACI\nauthEnabled: False\n');
    const files = ['--ic', path.join(code, 'ic.yml'), '--dc', path.join(code, 'dc.yml')];
    const words = ['ml', 'model', 'deploy', '-n', 'echo-svc', '-m', 'sums.pkl:3', ...files];
    const made = await lab.az(words, lab.signedIn);
    expect(made.code, made.stderr).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({
      computeType: 'ACI',
      models: ['sums.pkl:3'],
      name: 'echo-svc',
      scoringUri: `${lab.server.url}/api/v1/service/echo-svc/score`,
      state: 'Healthy',
    });
    expect(made.stderr).toContain('a local deployment in the place of a container instance');
    expect(made.stderr).toContain('asks for its key all the same');
    expect(await lab.client.endpoints.invoke('echo-svc', { data: [1] })).toEqual({ result: [1] });
    const again = await lab.az(words, lab.signedIn);
    expect(again.stderr).toContain('--overwrite replaces what is behind it');
    expect((await lab.az([...words, '--overwrite'], lab.signedIn)).code).toBe(0);

    const out = path.join(lab.folder, 'package');
    const pack = [
      'ml',
      'model',
      'package',
      '-m',
      'sums.pkl:3',
      '--es',
      path.join(code, 'score.py'),
    ];
    const packed = await lab.az(
      [...pack, '--rt', 'python', '--output-path', out, '--query', 'location', '-o', 'tsv'],
      lab.signedIn,
    );
    expect(packed.stdout, packed.stderr).toBe(`${out}\n`);
    expect(packed.stderr).toContain('a local package in the place of a container image');
    expect(await readFile(path.join(out, 'deployment.yml'), 'utf8')).toContain('score.mjs');
  });
});
