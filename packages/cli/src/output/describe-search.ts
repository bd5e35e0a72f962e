// The outcome of a search, for people and as JSON.
import {
  describeResult,
  formatScore,
  leaderboardJson,
  resultPlaces,
  type Trial,
} from '@ridgeline/automl';
import type { AutoMLOutcome } from '../automl/run-automl.ts';
import { formatFields, formatTable } from './table.ts';

const shownTrials = 15;
const shownAlerts = 10;

export function outcomeJson({ result, alerts, rowCount, output }: AutoMLOutcome): object {
  const model = placeOf(output, 'model');
  return { output, model, rowCount, alerts, ...leaderboardJson(result) };
}

export function describeOutcome({ result, alerts, output }: AutoMLOutcome): string {
  const { leaderboard, primaryMetric } = result;
  const headings = ['trial', 'learner', primaryMetric, 'rows', 'seconds', 'µs/row', 'state'];
  const rows = leaderboard.slice(0, shownTrials).map(rowOf);
  const more = leaderboard.length - rows.length;
  const table = formatTable(headings, rows);
  const places = formatFields([
    ['model', placeOf(output, 'model')],
    ['leaderboard', placeOf(output, 'leaderboard')],
    ['report', placeOf(output, 'report')],
  ]);
  return [
    table,
    ...(more > 0 ? [`and ${more} more`] : []),
    '',
    ...describeResult(result),
    ...describeAlerts(alerts, placeOf(output, 'report')),
    '',
    places,
  ].join('\n');
}

function describeAlerts(alerts: readonly string[], report: string): readonly string[] {
  const lines = alerts.slice(0, shownAlerts).map((alert) => `Look at this: ${alert}`);
  const more = alerts.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more, in ${report}/guardrails.json`] : lines;
}

function rowOf(trial: Trial): readonly string[] {
  const { number, learner, score, sampleRows, trainSeconds, state } = trial;
  return [
    String(number),
    learner,
    score === null ? '-' : formatScore(score),
    String(sampleRows),
    trainSeconds.toFixed(1),
    trial.predictMicrosecondsPerRow?.toFixed(1) ?? '-',
    state,
  ];
}

function placeOf(output: string, place: keyof typeof resultPlaces): string {
  return `${output}/${resultPlaces[place]}`;
}
