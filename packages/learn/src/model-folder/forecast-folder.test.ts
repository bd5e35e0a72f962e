// Forecasts as model folders: kept whole, told apart from other models, and hostile files refused.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type ForecasterSpec, fitForecast, gridRowsOf, Ridge } from '../index.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { holdsForecast, loadForecastModel, saveForecastModel } from './forecast-folder.ts';
import { loadModel } from './load-model.ts';
import { saveModel } from './save-model.ts';

const times = Float64Array.from({ length: 40 }, (_, i) => i);
const values = times.map((i) => 10 + (i % 4) + i / 8);

const specs: readonly ForecasterSpec[] = [
  { kind: 'seasonal_naive', period: 4 },
  { kind: 'exponential_smoothing', trend: 'additive', period: 4 },
  {
    ...{ kind: 'learned', learner: 'Ridge', parameters: { alpha: 0.1 } },
    ...{ lags: [1, 4], window: 4, period: 4 },
  },
  {
    ...{ kind: 'learned', learner: 'GradientBoostingRegressor' },
    ...{ parameters: { maxIterations: 10, minSamplesLeaf: 2 }, lags: [1, 4], window: 4, period: 4 },
  },
];

function modelOf(spec: ForecasterSpec) {
  const keys = Array.from(times, () => '[]');
  const rows = gridRowsOf({ times, keys }, { isDate: false, frequency: null });
  return fitForecast(spec, rows, values, Int32Array.from(times), {
    targetName: 'y',
    columns: { timeName: 't', seriesNames: [] },
    reading: { isDate: false, formats: [] },
    horizon: 8,
  });
}

const future = Array.from({ length: 12 }, (_, i) => [40 + i]);

describe('a forecast in a folder', () => {
  it.each(specs)('comes back and forecasts the same: $kind $learner', async (spec) => {
    const model = modelOf(spec);
    const place = path.join(await temporaryFolder(), 'model');
    await saveForecastModel(place, { model, runId: 'run1' });
    const loaded = await loadForecastModel(place);
    expect(loaded.model.predictRows(future)).toEqual(model.predictRows(future));
    expect(loaded.info).toMatchObject({
      estimator: 'ForecastModel',
      runId: 'run1',
      onnxFile: null,
    });
    expect(loaded.info.onnxNote).toContain('no form in ONNX');
    expect(await holdsForecast(place)).toBe(true);
  });

  it('is refused as a model of rows, and the other way round', async () => {
    const forecast = path.join(await temporaryFolder(), 'forecast');
    await saveForecastModel(forecast, { model: modelOf(specs[0]) });
    await expect(loadModel(forecast)).rejects.toThrow('load it with loadForecastModel');
    const rows = path.join(await temporaryFolder(), 'rows');
    const model = new Ridge().fit(matrixFromRows([[1], [2], [4]]), [1, 2, 3]);
    await saveModel(rows, { model, columnNames: ['x'], targetName: 'y' });
    await expect(loadForecastModel(rows)).rejects.toThrow('load it with loadModel');
    expect(await holdsForecast(rows)).toBe(false);
  });

  it('is not written over what is there', async () => {
    const place = path.join(await temporaryFolder(), 'model');
    await saveForecastModel(place, { model: modelOf(specs[0]) });
    const again = saveForecastModel(place, { model: modelOf(specs[1]) });
    await expect(again).rejects.toMatchObject({ code: 'MODEL_EXISTS' });
  });

  it.each<[string, object]>([
    ['another format', { formatVersion: 2 }],
    ['no series', { series: [] }],
    ['a key that is none', { series: [{ key: 'x', start: 0, values: { float64: '' } }] }],
    ['an impossible grid', { grid: { unit: 'step', step: 0, origin: 0, isDate: false } }],
    ['times of two kinds', { reading: { isDate: true, formats: [] } }],
    ['a forecaster that there is not', { spec: { kind: 'oracle', period: 1 } }],
    ['another forecaster than was fitted', { spec: specs[1] }],
    ['no horizon', { horizon: 0 }],
    ['no target', { targetName: '' }],
  ])('is not read with %s', async (_, change) => {
    const place = path.join(await temporaryFolder(), 'model');
    await saveForecastModel(place, { model: modelOf(specs[0]) });
    const file = path.join(place, 'model.json');
    const json = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...json, ...change }));
    await expect(loadForecastModel(place)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });
});
