// The plots of a forecast: the longest series with what was said of them, and how the forecasts miss.
import type { ForecastResult } from '../../forecasting/forecast-result.ts';
import type { SeriesPath } from '../../forecasting/series-paths.ts';
import type { Plot } from '../report-types.ts';
import { lineChart } from '../svg/charts.ts';
import { domainOf } from '../svg/scale.ts';
import { numberPlots } from './number-plots.ts';

export function forecastPlots({ paths, validation, model, forecasting }: ForecastResult): Plot[] {
  const { targetName } = model;
  const { truth, predicted } = validation;
  const judged = {
    kind: 'numbers' as const,
    truth: Float64Array.from(truth),
    predicted: Float64Array.from(predicted),
  };
  return [
    ...paths.map((path, i) => pathPlot(path, i, { targetName, timeName: forecasting.timeColumn })),
    ...numberPlots(judged, targetName),
  ];
}

function pathPlot(
  path: SeriesPath,
  at: number,
  { targetName, timeName }: { readonly targetName: string; readonly timeName: string },
): Plot {
  const { past, validated, future, isDate, series } = path;
  const all = [...past, ...validated, ...future];
  const title = series === '' ? 'Forecast' : `Forecast of ${series}`;
  const svg = lineChart({
    title,
    x: { name: timeName, domain: domainOf(all.map(([time]) => time)), isTime: isDate },
    y: { name: targetName, domain: domainOf(all.map(([, value]) => value)) },
    series: [
      { name: targetName, points: past },
      { name: 'at its origin', points: validated },
      { name: 'forecast', points: future, shape: 'line and dots' },
    ],
  });
  const name = at === 0 ? 'forecast' : `forecast_${at + 1}`;
  return { name, title, data: { ...path }, svg };
}
