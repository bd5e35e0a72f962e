// The report on a search of forecasts, as files by their place: a card for people, and plots.
import type { ForecastResult } from '../forecasting/forecast-result.ts';
import { inline } from '../report/card/markdown.ts';
import { plotSection } from '../report/card/plot-section.ts';
import { forecastPlots } from '../report/plots/forecast-plots.ts';
import { plotFiles } from '../report/plots/plot-files.ts';
import { searchPlots } from '../report/plots/search-plots.ts';
import type { Plot } from '../report/report-types.ts';

export function forecastFiles(result: ForecastResult): ReadonlyMap<string, string> {
  const plots = [...forecastPlots(result), ...searchPlots(result)];
  const card = `${cardOf(result, plots).join('\n')}\n`;
  return new Map([['model_card.md', card], ...plotFiles(plots)]);
}

function cardOf(result: ForecastResult, plots: readonly Plot[]): readonly string[] {
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
    `- Time: ${inline(timeColumn)}; series: ${seriesColumns.map((name) => inline(name)).join(', ') || 'one'}, ${model.nextTimes.size} in all`,
    `- Horizon: ${model.horizon} steps; season: ${season === 1 ? 'none' : `${season} steps`}`,
    '',
    'Its input is one row a forecast: the ids of the series and a time after the end of its past.',
    'It goes on from the past that it was trained on: train it again as new values come in.',
    'Its only flavor is the native one, which `loadForecastModel` of `@ridgeline/learn/model-folder` reads.',
    '',
    plotSection(plots),
    '',
    ...(notes.length === 0 ? [] : ['## Notes', '', ...notes.map(({ message }) => `- ${message}`)]),
  ];
}
