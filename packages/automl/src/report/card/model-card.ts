// The model card: what the model is, what it was made from, how good it is and how that is known, what
// it goes by, what to be careful about, and how to load it. After Mitchell et al. (2019).
import { counted } from '../../counted.ts';
import type { SearchInput, SearchResult } from '../../search/search-types.ts';
import type { Explanation, Guardrail, Plot } from '../report-types.ts';
import { shortNumber } from '../svg/scale.ts';
import { howToLoad } from './how-to-load.ts';
import { bullets, inline, table } from './markdown.ts';
import { plotSection } from './plot-section.ts';
import { scoreSection } from './scores.ts';

export interface CardParts {
  readonly guardrails: readonly Guardrail[];
  readonly plots: readonly Plot[];
  readonly explanation: Explanation | null;
}

const mostRows = 10;

export function modelCard(input: SearchInput, result: SearchResult, parts: CardParts): string {
  const sections = [
    `# Model card: ${inline(result.model.targetName)}`,
    summary(input, result),
    dataSection(input, result),
    scoreSection(result),
    leaderboardSection(result),
    guardrailSection(parts.guardrails),
    importanceSection(parts.explanation),
    plotSection(parts.plots),
    limitSection(input, result, parts.guardrails),
    howToLoad(result),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ train }: SearchInput, { task, best, model, settings }: SearchResult): string {
  const classes = model.classes === null ? '' : ` It tells ${model.classes.length} classes apart.`;
  return [
    `A ${task} model that predicts **${inline(model.targetName)}** from ${model.inputs.length} columns, ` +
      `found by a search with seed ${settings.seed}.${classes}`,
    '',
    bullets([
      `Learner: ${inline(best.learner)} (${inline(best.description, 200)})`,
      `Trained on: ${counted(train.rowCount, 'row')}`,
      ...(best.predictMicrosecondsPerRow === null
        ? []
        : [`Prediction: about ${shortNumber(best.predictMicrosecondsPerRow)} µs a row in a batch`]),
    ]),
  ].join('\n');
}

function dataSection({ train, validation, test }: SearchInput, { model }: SearchResult): string {
  const report = new Map(model.encoder.report.map((entry) => [entry.column, entry]));
  const shown = model.inputs.slice(0, 40);
  const rows = shown.map(({ name, type, required }) => {
    const purpose = report.get(name)?.purpose ?? '';
    return [inline(name), type, purpose, required ? 'yes' : 'no'];
  });
  const more =
    model.inputs.length > shown.length
      ? `\n\n… and ${model.inputs.length - shown.length} more.`
      : '';
  const others = [
    validation === undefined ? '' : `, validation ${counted(validation.rowCount, 'row')}`,
    test === undefined ? '' : `, test ${test.rowCount} rows`,
  ].join('');
  const counts = `Training ${counted(train.rowCount, 'row')} of ${counted(train.columnNames.length, 'column')}${others}.`;
  return `## Data\n\n${counts}\n\n${table(['column', 'type', 'used as', 'required'], rows)}${more}`;
}

function leaderboardSection({ leaderboard, primaryMetric, best }: SearchResult): string {
  const rows = leaderboard
    .slice(0, mostRows)
    .map((trial) => [
      trial.number === best.number ? `**${trial.number}**` : String(trial.number),
      inline(trial.learner),
      trial.score === null ? trial.state : shortNumber(trial.score),
      shortNumber(trial.trainSeconds),
    ]);
  const head = ['trial', 'learner', primaryMetric, 'seconds of training'];
  return `## Leaderboard\n\nThe best ${rows.length} of ${leaderboard.length} trials.\n\n${table(head, rows)}`;
}

function guardrailSection(guardrails: readonly Guardrail[]): string {
  const rows = guardrails.map(({ title, state, findings }) => {
    return [title, state === 'alerted' ? '**alerted**' : state, String(findings.length)];
  });
  const messages = guardrails.flatMap(({ findings }) =>
    findings.slice(0, mostRows).map(({ message, state }) => {
      return `${state === 'alerted' ? '**alert**: ' : ''}${inline(message, 300)}`;
    }),
  );
  const list = messages.length === 0 ? '' : `\n\n${bullets(messages)}`;
  return `## Guardrails\n\n${table(['check', 'state', 'findings'], rows)}${list}`;
}

function importanceSection(explanation: Explanation | null): string {
  if (explanation === null) return '';
  const { importances, metric, source, rowCount, shap } = explanation;
  const mean = new Map(shap.columns.map(({ name, meanAbsolute }) => [name, meanAbsolute]));
  const rows = importances
    .slice(0, mostRows)
    .map(({ name, mean: loss, standardDeviation }) => [
      inline(name),
      `${shortNumber(loss)} ± ${shortNumber(standardDeviation)}`,
      shortNumber(mean.get(name) ?? Number.NaN),
    ]);
  const where = `Measured on ${counted(rowCount, 'row')} of the ${source} data`;
  const care =
    source === 'train'
      ? ', which the model was trained on: they flatter what it learnt by heart.'
      : '.';
  const head = ['column', `loss of ${metric} without it`, 'mean size of its contribution (SHAP)'];
  return `## What it goes by\n\n${where}${care}\n\n${table(head, rows)}`;
}

function limitSection(
  { train, test }: SearchInput,
  { model, primaryMetric, testMetrics, stopReason }: SearchResult,
  guardrails: readonly Guardrail[],
): string {
  const alerted = guardrails.filter(({ state }) => state === 'alerted').map(({ title }) => title);
  const isTested = test !== undefined && testMetrics !== null;
  return `## Limits\n\n${bullets([
    `It holds for rows like the ${train.rowCount} that it was trained on; it cannot tell when a row is unlike them.`,
    isTested
      ? 'The search never looked at the test data; its score there is what to expect.'
      : `The best of many trials is chosen by ${primaryMetric} on rows held out, so that its score is a little too good; no test data was given.`,
    'What it goes by is association in the data, not cause.',
    ...(model.classes === null
      ? ['It gives one number a row and does not tell how sure it is.']
      : ['See the calibration curve before its probabilities are used as such.']),
    ...(alerted.length === 0
      ? []
      : [`Guardrails to look at before it is used: ${alerted.join(', ')}.`]),
    `The search ended for this reason: ${stopReason}.`,
  ])}`;
}
