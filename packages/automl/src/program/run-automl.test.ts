// A step from its definition to its outputs, outside a job: what is read, and what is written.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadModel } from '@ridgeline/learn/model-folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDefinition } from './definition.ts';
import { runAutoML } from './run-automl.ts';

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'run-automl-'));
  lines = [];
  await writeFile(place('train.csv'), table(0, 80));
  await writeFile(place('other.csv'), table(80, 120));
});
afterEach(() => rm(folder, { recursive: true }));

const place = (name: string) => path.join(folder, name);

function table(from: number, to: number): string {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const x = Math.sin(from + i) * 10;
    return `${x},${i % 4},${3 * x + (i % 4)}`;
  });
  return `x,z,y\n${rows.join('\n')}\n`;
}

const least = {
  ...{ task: 'regression', targetColumn: 'y', trainingData: 'rows' },
  limits: { maxTrials: 2, maxConcurrentTrials: 1 },
  training: { allowedAlgorithms: ['elastic_net', 'lasso_lars'] },
};

function run(
  definition: object = {},
  inputs: readonly string[] = [],
  outputs: readonly string[] = [],
  signal = new AbortController().signal,
) {
  const files: Readonly<Record<string, string>> = { rows: 'train.csv', more: 'other.csv' };
  const step = {
    definition: readDefinition(JSON.stringify({ ...least, ...definition })),
    inputs: new Map(['rows', ...inputs].map((name) => [name, place(files[name] ?? name)])),
    outputs: new Map(outputs.map((name) => [name, place(name)])),
  };
  return runAutoML(step, { print: (line) => lines.push(line), signal, environment: {} });
}

describe('a step', () => {
  test('writes the outputs that it has, and no other', async () => {
    await mkdir(place('report'));
    await run({}, [], ['best_model', 'metrics_data', 'leaderboard', 'report']);
    const made = (await readdir(folder)).filter((name) => !name.endsWith('.csv')).sort();
    expect(made).toEqual(['best_model', 'leaderboard', 'metrics_data', 'report']);
    expect((await loadModel(place('best_model'))).info).toMatchObject({ runId: null });
    const metrics = JSON.parse(await readFile(place('metrics_data'), 'utf8'));
    expect(Object.keys(metrics).at(-1)).toMatch(/^trial_\d{3}_/);
    expect(Object.values(metrics)).toContainEqual(
      expect.objectContaining({ r2_score: [expect.any(Number)] }),
    );
    expect(await readdir(place('report'))).toContain('model_card.md');
    expect(lines[0]).toBe('Read rows: 80 rows, 3 columns');
    expect(lines.at(-1)).toMatch(/^Best model: trial \d+ \w+, normalized_root_mean_squared_error /);
  });

  test('writes nothing without outputs, outside a job', async () => {
    await run();
    expect((await readdir(folder)).sort()).toEqual(['other.csv', 'train.csv']);
  });

  test('judges by the validation data, and at last by the test data', async () => {
    const { testMetrics, outOfFold } = await run({ validationData: 'more', testData: 'more' }, [
      'more',
    ]);
    expect(outOfFold.rows.length).toBe(40);
    expect(testMetrics?.get('r2_score')).toBeGreaterThan(0.5);
  });

  test('keeps a share of its data for the end', async () => {
    const { testMetrics, settings } = await run({ testDataSize: 0.25 });
    expect(testMetrics?.size).toBeGreaterThan(3);
    expect(settings.targetColumn).toBe('y');
  });

  test('without explanation has a report all the same', async () => {
    const training = { ...least.training, enableModelExplainability: false };
    await run({ training }, [], ['report']);
    const files = await readdir(place('report'));
    expect(files).toContain('model_card.md');
    expect(files).not.toContain('explanation.json');
  });
});

describe('before it searches, a step tells of', () => {
  test.each([
    ['an output that is none', {}, [], ['model'], 'OUTPUT_UNKNOWN'],
    ['an input that it does not have', { validationData: 'none' }, [], [], 'INPUT_NOT_FOUND'],
    ['data that is not there', { validationData: 'gone.csv' }, ['gone.csv'], [], 'INPUT_NOT_FOUND'],
    ['a metric that is none', { primaryMetric: 'goodness' }, [], [], 'METRIC_UNKNOWN'],
    ['a column that is none', { targetColumn: 'Y' }, [], [], 'COLUMN_NOT_FOUND'],
    ['a task that is not built', { task: 'forecasting' }, [], [], 'TASK_NOT_SUPPORTED'],
  ] as const)('%s', async (_, definition, inputs, outputs, code) => {
    await expect(run(definition, inputs, outputs)).rejects.toMatchObject({ code });
  });
});

test('a step that is stopped ends with the best so far, and says so', async () => {
  const stopped = new AbortController();
  stopped.abort();
  const { stopReason } = await run({}, [], ['best_model'], stopped.signal);
  expect(stopReason).toBe('cancelled');
  expect(lines.at(-2)).toContain('it was stopped; the best so far was kept');
  await expect(loadModel(place('best_model'))).resolves.toBeDefined();
});
