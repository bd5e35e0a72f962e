// The sample's delivery by its own Azure Pipelines files: training, release, canary and batch
// scoring against a server that runs, with real processes all through.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, ridgeline, type Server, startServer } from './cli.ts';
import { DeliveryProject } from './delivery-project.ts';

const minutes = 60_000;
const model = 'diabetes_regression_model';
const services = { ACI_DEPLOYMENT_NAME: 'mlops-aci' };
let folder: string;
let project: DeliveryProject;
let server: Server;

const on = (...words: string[]) => ridgeline([...words, '-w', path.join(folder, 'workspace')]);
const json = async (...words: string[]) => JSON.parse((await on(...words, '--json')).stdout);
const train = (...words: string[]) =>
  project.run('diabetes_regression-ci', '--name', 'Model-Train-Register-CI', ...words);
const release = (...words: string[]) => project.run('diabetes_regression-cd', ...words);
const shown = ({ stdout, stderr }: Ended) => stdout + stderr;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'delivery-'));
  project = new DeliveryProject(folder);
  await project.make();
  server = await startServer(path.join(folder, 'workspace'));
  await project.settings(server, services);
}, minutes);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('every pipeline of the sample', () => {
  const pipelines = [
    'abtest',
    'diabetes_regression-batchscoring-ci',
    'diabetes_regression-cd',
    'diabetes_regression-ci',
    'docker-image-pipeline',
    'iac-create-environment-pipeline',
    'iac-remove-environment-pipeline',
    'pr',
  ];

  test('stands in this list; the other files are templates', async () => {
    const names = (await readdir(project.file('.pipelines'))).filter((name) => /\.yml$/.test(name));
    const others = names.filter((name) => !/-template\.yml$|\.example\.yml$/.test(name));
    expect(others.map((name) => name.replace('.yml', '')).sort()).toEqual(pipelines);
  });

  test.each(pipelines)(
    '%s is valid, without a warning, and nothing in it is left to expand',
    async (name) => {
      const both = [project.ci('validate', name, '--strict'), project.ci('expand', name)] as const;
      const [validated, expanded] = await Promise.all(both);
      expect(validated).toMatchObject({ exitCode: 0 });
      expect(expanded).toMatchObject({ exitCode: 0 });
      expect(expanded.stdout).not.toMatch(/\$\{\{|template:/);
    },
  );
});

describe('the jobs of a build', () => {
  const containers = async (name: string, ...words: string[]) =>
    (await project.ci('expand', name, ...words)).stdout.match(/^ +container: \w+$/gm) ?? [];

  test.each([
    ['diabetes_regression-ci', 3],
    ['diabetes_regression-batchscoring-ci', 1],
  ])('of %s run in the image of the agents where that is chosen', async (name, count) => {
    expect(await containers(name)).toEqual([]);
    expect(await containers(name, '--parameter', 'agentContainer=true')).toHaveLength(count);
  });
});

describe('training', () => {
  test('is published only, where it is not to start by itself', async () => {
    const words = ['--variable', 'auto-trigger-training=false'];
    const { stdout } = await project.ci('plan', 'diabetes_regression-ci', ...words);
    const fates = stdout.split('\n').filter((line) => /^ *(stage|job) /.test(line));
    expect(fates.map((line) => line.replace(/ {2}\(after.*/, '').trim())).toEqual([
      'stage Model_CI: runs',
      'job Model_CI_Pipeline: runs',
      'stage Trigger_AML_Pipeline: runs',
      'job Get_Pipeline_ID: skipped',
      'job Run_ML_Pipeline: skipped',
      'job Training_Run_Report: skipped',
    ]);
  });

  test('is started by a server job, or by an agent where that is chosen', async () => {
    const expanded = async (...words: string[]) =>
      (await project.ci('expand', 'diabetes_regression-ci', ...words)).stdout;
    expect(await expanded()).toMatch(/pool: server.*MLPublishedPipelineRestAPITask@0/s);
    const fromAgent = await expanded('--parameter', 'invokeTrainingFrom=agent');
    expect(fromAgent).not.toMatch(/pool: server|MLPublishedPipelineRestAPITask/);
    expect(fromAgent).toContain('ridgeline pipeline submit');
  });

  test(
    'goes from the checkout to a registered model and the artifact that tells of it',
    async () => {
      const ended = await train();
      expect(ended.exitCode, shown(ended)).toBe(0);
      expect(shown(ended)).toContain(
        `Published pipeline: diabetes-Training-Pipeline\nfor build 1\n`,
      );
      expect(shown(ended)).not.toContain(server.token);
      const record = JSON.parse(
        await readFile(project.build(1, 'artifacts/model/model.json'), 'utf8'),
      );
      expect(record).toMatchObject({ id: `${model}:1`, name: model, version: 1 });
      expect(Object.keys(record).sort().join()).toBe(
        'createdTime,framework,frameworkVersion,id,name,version',
      );
      expect(await json('model', 'list', '--tag', 'BuildId=1')).toMatchObject([{ name: model }]);
    },
    2 * minutes,
  );

  test('has published its tests and their coverage', async () => {
    const { tests, coverage } = JSON.parse(await readFile(project.build(1, 'run.json'), 'utf8'));
    const title = expect.stringContaining('Linting & Unit tests');
    expect(tests).toContainEqual(expect.objectContaining({ title, failed: 0 }));
    expect(coverage[0].linePercent).toBeGreaterThan(10);
  });

  test(
    'on worse data ends with 1, with both numbers, and without a model',
    async () => {
      await registerWorseData();
      const ended = await train();
      expect(ended.exitCode).toBe(1);
      expect(shown(ended)).toMatch(
        /Current Production model mse: 3298\.\d+, New trained model mse: \d{4}/,
      );
      expect(shown(ended)).toContain('\nModel was not registered for this run.\n');
      expect(await json('model', 'list', model)).toHaveLength(1);
    },
    2 * minutes,
  );
});

describe('the release', () => {
  const approved = ['--approve', 'all'];

  test(
    'of the latest build that has a model ends in a service that passes its smoke test',
    async () => {
      const ended = await release(...approved);
      expect(ended.exitCode, shown(ended)).toBe(0);
      for (const words of [`Model Name: ${model}`, 'Model Version: 1', 'Smoke test successful.'])
        expect(shown(ended)).toContain(words);
      expect(shown(ended)).toContain('Skipped: stage Deploy_AKS');
      const { deployments } = await json('endpoint', 'show', 'mlops-aci');
      expect(deployments).toMatchObject([{ model: { name: model, version: '1' }, traffic: 100 }]);
    },
    minutes,
  );

  test(
    'of a build without a model ends where it asks for that',
    async () => {
      const ended = await release(...approved, '--parameter', 'artifactBuildId=2');
      expect(ended.exitCode).toBe(1);
      expect(shown(ended)).toContain("Artifact 'model' was not found in run 2");
    },
    minutes,
  );

  test(
    'does nothing that nobody has approved',
    async () => {
      const ended = await release();
      expect(ended.exitCode).toBe(1);
      expect(shown(ended)).toContain('--approve Deploy_ACI');
      expect(shown(ended)).not.toContain('Starting job');
    },
    minutes,
  );

  test(
    'goes to the web app alone where only that one is named',
    async () => {
      await project.settings(server, { WEBAPP_DEPLOYMENT_NAME: 'mlops-webapp' });
      const ended = await release(...approved);
      await project.settings(server, services);
      expect(ended.exitCode, shown(ended)).toBe(0);
      expect(shown(ended)).toContain('Skipped: stage Deploy_ACI');
      expect(await json('endpoint', 'show', 'mlops-webapp')).toMatchObject({
        provisioningState: 'Succeeded',
      });
    },
    minutes,
  );

  test(
    'fails with its smoke test, and nothing comes after that',
    async () => {
      await project.settings(server, { ...services, ...brokenScript, AKS_DEPLOYMENT_NAME: 'aks' });
      await writeBrokenScript();
      const ended = await release(...approved);
      expect(ended.exitCode).toBe(1);
      expect(shown(ended)).toContain('SMOKE_TEST_FAILED: expected a result of 2 numbers');
      expect(shown(ended)).toContain('Skipped: stage Deploy_AKS');
      expect(
        (await json('endpoint', 'list')).map(({ name }: { name: string }) => name),
      ).not.toContain('aks');
    },
    minutes,
  );
});

describe('the canary', () => {
  const canary = () => project.run('abtest', '--approve', 'all');
  const releases = async () =>
    (await json('endpoint', 'list')).map(({ name }: { name: string }) => name).filter(isRelease);
  const isRelease = (name: string) => name.startsWith('model-');

  test(
    'takes the first release to production, and blue away',
    async () => {
      await project.settings(server, {});
      const ended = await canary();
      expect(ended.exitCode, shown(ended)).toBe(0);
      expect(shown(ended)).toContain('this is the first release, and all calls go to blue');
      expect(shown(ended)).toContain('model-green: 20 calls, 0 failed');
      expect(await releases()).toEqual(['model-green']);
    },
    minutes,
  );

  test(
    'that fails goes back to green, which has answered all along',
    async () => {
      await project.settings(server, brokenScript);
      const ended = await canary();
      expect(ended.exitCode).toBe(1);
      expect(shown(ended)).toContain('Stage Rollback: succeeded');
      expect(shown(ended)).toContain('Skipped: stage Set_Production_Tag');
      expect(await releases()).toEqual(['model-green']);
    },
    minutes,
  );
});

test(
  'batch scoring runs with the model of the build, and scores each row',
  async () => {
    await project.settings(server, {});
    const ended = await project.run('diabetes_regression-batchscoring-ci');
    expect(ended.exitCode, shown(ended)).toBe(0);
    const [job] = await json('job', 'list', '--limit', '1');
    const { stdout } = await on('job', 'logs', job.id);
    expect(stdout).toContain(`Loaded model ${model}:1`);
    expect(stdout).toMatch(/"rowCount":442,"scoredCount":442/);
  },
  2 * minutes,
);

const brokenScript = { SCORE_SCRIPT: 'scoring/broken.ts' };

/** A scoring script that starts, and answers with too little. It is never committed. */
async function writeBrokenScript(): Promise<void> {
  const text = `export { init, inputSchema, outputSchema } from './score.ts';
export const run = () => ({ result: [1] });
`;
  await writeFile(project.file('scoring/broken.ts'), text);
}

/** The same columns and the same targets, each target with another row: nothing is left to learn. */
async function registerWorseData(): Promise<void> {
  const text = await readFile(project.file('data/diabetes.csv'), 'utf8');
  const [head, ...lines] = text.trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  const target = (row: number) => rows[(row + 137) % rows.length]?.at(-1);
  const worse = rows.map((row, index) => [...row.slice(0, -1), target(index)].join(','));
  const file = path.join(folder, 'worse.csv');
  await writeFile(file, `${[head, ...worse].join('\n')}\n`);
  const made = await on('data', 'create', '--name', 'diabetes_ds', '--path', file);
  expect(made).toMatchObject({ exitCode: 0 });
}
