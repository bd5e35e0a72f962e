import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModel } from '@ridgeline/learn/model-folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trainingParameters } from '../shared/parameters.ts';
import { testRuns } from '../shared/test-run.ts';
import { getModelMetrics, readTrainingData, splitData, trainModel } from './train.ts';
import { trainStep } from './train-step.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const trainingFile = here('../data/diabetes.csv');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'train-'));
});
afterEach(() => rm(folder, { recursive: true }));

function flags(trainingData = trainingFile) {
  return {
    ...{ model_name: 'a_model', training_data: trainingData },
    step_output: path.join(folder, 'model'),
  };
}

/** By the project's parameters, whatever these are; train.test.ts has the value of some. */
async function mse(): Promise<number | undefined> {
  const data = splitData(await readTrainingData(trainingFile));
  return getModelMetrics(trainModel(data, trainingParameters()), data).mse;
}

describe('the train step', () => {
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('logs parameters, metrics and its type on its own run and on the pipeline run', async () => {
    const { run, pipelineRun, lines } = testRuns();
    await trainStep(flags(), run);
    for (const target of [run, pipelineRun]) {
      expect(await target.getMetric('mse')).toBe(await mse());
      expect((await target.getTags()).get('run_type')).toBe('train');
      expect(lines).toContain(`${target.id}: parameter alpha = ${trainingParameters().alpha}`);
    }
  });

  it('leaves a model folder that knows its run and its place among the artifacts', async () => {
    const { run, lines } = testRuns();
    await trainStep(flags(), Object.assign(run, { offline: false }));
    const { info } = await loadModel(flags().step_output);
    expect(info).toMatchObject({ runId: 'step-run', artifactPath: 'outputs/a_model' });
    expect(info.signature.inputs).toHaveLength(10);
    expect(lines).toContain(`step-run: artifacts outputs/a_model from ${flags().step_output}`);
  });

  it('repeated after a crash replaces the model', async () => {
    await trainStep(flags(), testRuns().run);
    await trainStep(flags(), testRuns().run);
    expect(await readdir(flags().step_output)).toContain('MLmodel');
  });

  it.each([
    ['without the target column', 'A,B\n1,2\n', /column 'Y' does not exist/],
    ['with missing values', 'A,Y\n1,2\n,3\n', /column 'A'/],
    ['that is no number', 'A,Y\n1,2\nx,3\n4,5\n6,7\n8,9\n', /column 'A'/],
    ['without rows', 'A,Y\n', /./],
  ])('refuses data %s, and leaves no model', async (_, content, message) => {
    const file = path.join(folder, 'bad.csv');
    await writeFile(file, content);
    await expect(trainStep(flags(file), testRuns().run)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(['bad.csv']);
  });
});

describe('the script of the train step', () => {
  function start(...args: readonly string[]) {
    const environment = { PATH: process.env.PATH };
    const script = [here('train-step.ts'), ...args];
    type End = { readonly code: number; readonly stdout: string; readonly stderr: string };
    return new Promise<End>((resolve) => {
      execFile(
        process.execPath,
        script,
        { env: environment, cwd: folder },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  }

  it('runs on its own, from any folder, and prints what it would log', async () => {
    const args = Object.entries(flags()).flatMap(([name, value]) => [`--${name}`, value]);
    const { code, stdout } = await start(...args);
    expect(code).toBe(0);
    expect(stdout).toContain(`Offline run, not kept: metric mse = ${await mse()}`);
    expect(stdout).not.toContain('undefined');
    expect(await readFile(path.join(folder, 'model/MLmodel'), 'utf8')).toContain('ridgeline');
  });

  it('ends with 1 and one clear line when a flag is missing', async () => {
    const { code, stderr } = await start('--model_name', 'm');
    expect(code).toBe(1);
    const line = 'Error FLAG_MISSING: --training_data is missing; pass --training_data VALUE\n';
    expect(stderr).toBe(line);
  });

  it('ends with 1 and one clear line when the data is not there', async () => {
    const args = Object.entries(flags('none.csv')).flatMap(([name, value]) => [`--${name}`, value]);
    const { code, stderr } = await start(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error DATA_FILE_NOT_FOUND: .*none\.csv.*\n$/);
  });
});
