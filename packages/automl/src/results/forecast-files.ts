// The report on a search of forecasts, as files by their place: a card for people.
import type { ForecastResult } from '../forecasting/forecast-result.ts';

export function forecastFiles(result: ForecastResult): ReadonlyMap<string, string> {
  return new Map([['model_card.md', `${cardOf(result).join('\n')}\n`]]);
}

function cardOf(result: ForecastResult): readonly string[] {
  const { best, model, forecasting, season, primaryMetric, notes, testMetrics } = result;
  const { seriesColumns, timeColumn } = forecasting;
  return [
    `# Forecast of ${inline(model.targetName)}`,
    '',
    `- Forecaster: ${best.learner} (${best.description})`,
    `- ${primaryMetric} at rolling origins: ${best.score ?? 'unknown'}`,
    ...(testMetrics === null
      ? []
      : [`- ${primaryMetric} on the test data: ${testMetrics.get(primaryMetric) ?? 'unknown'}`]),
    `- Time: ${inline(timeColumn)}; series: ${seriesColumns.map(inline).join(', ') || 'one'}, ${model.nextTimes.size} in all`,
    `- Horizon: ${model.horizon} steps; season: ${season === 1 ? 'none' : `${season} steps`}`,
    '',
    'Its input is one row a forecast: the ids of the series and a time after the end of its past.',
    'It goes on from the past that it was trained on: train it again as new values come in.',
    'Its only flavor is the native one, which `loadForecastModel` of `@ridgeline/learn/model-folder` reads.',
    '',
    ...(notes.length === 0 ? [] : ['## Notes', '', ...notes.map(({ message }) => `- ${message}`)]),
  ];
}

/** Names of columns are anybody's text. */
function inline(name: string): string {
  return `\`${name.replace(/[`\r\n]/g, ' ').slice(0, 200)}\``;
}
