// A forecast as an endpoint: series and times in, one number each out.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fitForecast, gridRowsOf, keyOf } from '@ridgeline/learn';
import { saveForecastModel } from '@ridgeline/learn/model-folder';
import { expect, it, onTestFinished } from 'vitest';
import { loadModelHandler } from './model-handler.ts';

async function handlerOfForecast() {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecast-handler-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const day = 86_400_000;
  const times = Float64Array.from({ length: 20 }, (_, i) => Date.UTC(2024, 0, 1) + i * day);
  const rows = gridRowsOf(
    { times, keys: Array.from(times, () => keyOf(['a'])) },
    { isDate: true, frequency: 'D' },
  );
  const spec = { kind: 'seasonal_naive', period: 1 } as const;
  const all = Int32Array.from(times, (_, i) => i);
  const model = fitForecast(
    spec,
    rows,
    times.map((_, i) => i),
    all,
    {
      targetName: 'units',
      columns: { timeName: 'day', seriesNames: ['store'] },
      reading: { isDate: true, formats: [] },
      horizon: 3,
    },
  );
  await saveForecastModel(path.join(folder, 'model'), { model });
  return await loadModelHandler(path.join(folder, 'model'), () => {});
}

it('forecasts records, and tables with their columns beside them', async () => {
  const handler = await handlerOfForecast();
  const data = [{ day: '2024-01-21', store: 'a' }];
  expect(handler.run(data, {}, { data })).toEqual({ result: [19] });
  const table = { columns: ['store', 'day'], index: [0], data: [['a', '2024-01-22']] };
  expect(handler.run(undefined, {}, { input_data: table })).toEqual([19]);
});

it.each([
  [{ data: [{ day: '2024-01-21', store: 'b' }] }, "row 0 (from 0) is of the series 'b'"],
  [{ data: [{ day: '2024-01-02', store: 'a' }] }, 'is not of the future'],
  [{ data: [{ store: 'a' }] }, 'day'],
  [{ data: [['2024-01-21', 'a']], method: 'predict_proba' }, 'predict_proba'],
])('refuses %j', async (body, message) => {
  const handler = await handlerOfForecast();
  expect(() => handler.run(body.data, {}, body)).toThrow(message);
});
