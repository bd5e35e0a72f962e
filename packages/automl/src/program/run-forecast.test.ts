// A step whose task is a forecast, from its definition to its outputs.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadForecastModel } from '@ridgeline/learn/model-folder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDefinition } from './definition.ts';
import { runForecast } from './run-forecast.ts';

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'run-forecast-'));
  lines = [];
  const rows = Array.from({ length: 72 }, (_, i) => {
    const date = new Date(Date.UTC(2018, i, 1)).toISOString().slice(0, 10);
    return `${date},${100 + i + 20 * Math.sin((i * Math.PI) / 6)}`;
  });
  await writeFile(place('train.csv'), `month,sold\n${rows.join('\n')}\n`);
});
afterEach(() => rm(folder, { recursive: true }));

const place = (name: string) => path.join(folder, name);

const least = {
  ...{ task: 'forecasting', targetColumn: 'sold', trainingData: 'rows', limits: { maxTrials: 10 } },
  forecasting: { timeColumnName: 'month', forecastHorizon: 6, targetLags: [1, 12] },
};

function run(definition: object, outputs: readonly string[] = []) {
  const step = {
    definition: readDefinition(JSON.stringify({ ...least, ...definition })),
    inputs: new Map([['rows', place('train.csv')]]),
    outputs: new Map(outputs.map((name) => [name, place(name)])),
  };
  const signal = new AbortController().signal;
  return runForecast(step, { print: (line) => lines.push(line), signal, environment: {} });
}

test('writes its outputs, and the model goes on from the past', async () => {
  await run({ testDataSize: 0.1 }, ['best_model', 'metrics_data', 'leaderboard', 'report']);
  const { model } = await loadForecastModel(place('best_model'));
  expect(model.horizon).toBe(6);
  expect([...model.nextTimes.values()]).toEqual(['2023-06-01T00:00:00.000Z']);
  const board = JSON.parse(await readFile(place('leaderboard'), 'utf8'));
  expect(board).toMatchObject({ task: 'forecasting', stopReason: 'max_trials' });
  expect(board.testMetrics.r2_score).toBeGreaterThan(0.9);
  expect(await readFile(path.join(place('report'), 'model_card.md'), 'utf8')).toContain('12 steps');
  expect(lines.at(-1)).toMatch(/^Best model: trial \d+ /);
});

test('tells by name what has no effect', async () => {
  const more = { countryOrRegionForHolidays: 'DE', useStl: 'season', featureLags: 'auto' };
  const forecasting = { ...least.forecasting, ...more, targetAggregateFunction: 'sum' };
  await run({ forecasting, training: { enableDnnTraining: true } });
  for (const word of ["'DE'", 'STL', 'feature_lags', "'sum'", 'enable_dnn_training']) {
    expect(lines.join('\n')).toContain(word);
  }
});

test.each([
  [{ forecasting: null }, 'DEFINITION_INVALID'],
  [{ forecasting: {} }, 'DEFINITION_INVALID'],
  [{ forecasting: { timeColumnName: 'month', targetLags: ['x'] } }, 'DEFINITION_INVALID'],
  [{ forecasting: { timeColumnName: 'year' } }, 'COLUMN_NOT_FOUND'],
  [{ primaryMetric: 'goodness' }, 'METRIC_UNKNOWN'],
])('refuses %j', async (definition, code) => {
  const refused = (async () => await run(definition))();
  await expect(refused).rejects.toMatchObject({ code });
});
