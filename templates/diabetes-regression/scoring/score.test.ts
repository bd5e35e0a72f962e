import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { saveModel } from '@ridgeline/learn/model-folder';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readTrainingData, splitData, targetColumn, trainModel } from '../training/train.ts';
import { init, inputSchema, outputSchema, run } from './score.ts';

const { data: exampleRows } = inputSchema.example;
let folder: string;
let printed: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'score-'));
  const file = fileURLToPath(new URL('../data/diabetes.csv', import.meta.url));
  const data = splitData(await readTrainingData(file));
  const model = trainModel(data, { alpha: 0.5 });
  const modelFolder = path.join(folder, 'model');
  await saveModel(modelFolder, { model, columnNames: data.featureNames, targetName: targetColumn });
  vi.stubEnv('AZUREML_MODEL_DIR', modelFolder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the scoring script', () => {
  it('cannot score before it has loaded its model', () => {
    expect(() => run(exampleRows, {})).toThrow('before init');
  });

  it('predicts one number for each row, in order', async () => {
    await init();
    const { result } = run(exampleRows, {});
    expect(result).toHaveLength(2);
    for (const [i, expected] of outputSchema.example.result.entries()) {
      expect(result[i]).toBeCloseTo(expected, 2);
    }
    expect(run([...exampleRows].reverse(), {}).result).toEqual([...result].reverse());
  });

  it('answers no rows with no predictions', () => {
    expect(run([], {})).toEqual({ result: [] });
  });

  it('logs one JSON object for each request', () => {
    run(exampleRows, { 'x-ms-request-id': 'r-1', traceparent: '00-a-b-00', other: 'x' });
    run([], {});
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      { RequestId: 'r-1', TraceParent: '00-a-b-00', NumberOfPredictions: 2 },
      { RequestId: '', TraceParent: '', NumberOfPredictions: 0 },
    ]);
  });

  it('says so when it is not told where the model is', async () => {
    const own = process.env.AZUREML_MODEL_DIR;
    vi.stubEnv('AZUREML_MODEL_DIR', '');
    await expect(init()).rejects.toThrow('AZUREML_MODEL_DIR is not set');
    vi.stubEnv('AZUREML_MODEL_DIR', own);
  });
});
