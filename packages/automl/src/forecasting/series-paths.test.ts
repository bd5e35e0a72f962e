// What is shown of a forecast, by a search over series whose future is known.
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, test } from 'vitest';
import { forecastFiles } from '../results/forecast-files.ts';
import { searchForecast } from './search-forecast.ts';

const horizon = 5;

/** Series that repeat 0 1 2 3 4: the seasonal naive forecast is right about them. */
function repeating(lengths: Readonly<Record<string, number>>): Table {
  const rows = Object.entries(lengths).flatMap(([name, length]) =>
    Array.from({ length }, (_, i) => ({ name, time: i, value: i % horizon })),
  );
  const numbers = (pick: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
  return Table.fromColumns([
    stringColumn(
      'shop',
      rows.map(({ name }) => name),
    ),
    numberColumn(
      'time',
      'double',
      numbers(({ time }) => time),
    ),
    numberColumn(
      'sold',
      'double',
      numbers(({ value }) => value),
    ),
  ]);
}

function searched(lengths: Readonly<Record<string, number>>) {
  return searchForecast(
    { train: repeating(lengths) },
    { targetColumn: 'sold', maxTrials: 1 },
    { timeColumn: 'time', seriesColumns: ['shop'], horizon, seasonality: horizon },
  );
}

describe('the paths of series', () => {
  test('the longest four come first, each with its past, its validation and its future', async () => {
    const { paths } = await searched({ a: 40, b: 60, c: 50, d: 45, e: 55 });
    expect(paths.map(({ series }) => series)).toEqual(['b', 'e', 'c', 'd']);
    const [first] = paths;
    expect(first?.past.at(-1)).toEqual([59, 4]);
    expect(first?.future).toEqual([60, 61, 62, 63, 64].map((time) => [time, time % horizon]));
    expect(first?.validated.length).toBe(25);
    for (const [time, value] of first?.validated ?? []) expect(value).toBe(time % horizon);
  });

  test('the future begins after the end of each series', async () => {
    const { paths } = await searched({ a: 40, b: 60 });
    expect(paths.map(({ future }) => future[0]?.[0])).toEqual([60, 40]);
  });
});

test('the report shows each of them, the errors and the trials, and its card names the plots', async () => {
  const files = forecastFiles(await searched({ 'a `b`\n<i>': 40, c: 30 }));
  const plots = [...files.keys()].filter((place) => place.endsWith('.svg'));
  expect(plots).toEqual(
    ['forecast', 'forecast_2', 'predicted_vs_true', 'residuals'].map((name) => `plots/${name}.svg`),
  );
  for (const place of plots) expect(files.get('model_card.md')).toContain(`](${place})`);
  expect(files.get('plots/forecast.svg')).not.toContain('<i>');
  expect(JSON.parse(files.get('plots/forecast.json') ?? '').future).toHaveLength(horizon);
});
