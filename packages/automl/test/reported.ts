// A search's result for the tests of the report: a real model on real tables, and the rest as data.
import {
  type Classifier,
  estimatorEntry,
  type Label,
  type Regressor,
  TableEncoder,
  TabularModel,
} from '@ridgeline/learn';
import { type Column, numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import type { AutoMLSettings, SearchInput, SearchResult } from '../src/index.ts';

type Values = readonly (number | string | null)[];

/** A table of columns given as lists: of numbers, or of texts. */
export function tableOf(columns: Readonly<Record<string, Values>>): Table {
  return Table.fromColumns(Object.entries(columns).map(([name, values]) => columnOf(name, values)));
}

function columnOf(name: string, values: Values): Column {
  const isText = values.some((value) => typeof value === 'string');
  if (isText)
    return stringColumn(
      name,
      values.map((value) => (value === null ? null : String(value))),
    );
  const numbers = Float64Array.from(values, (value) =>
    value === null ? Number.NaN : Number(value),
  );
  const isWhole = numbers.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return numberColumn(name, isWhole ? 'long' : 'double', numbers);
}

/** The result of a search that tried one tree, and judged it on the rows that it was given. */
export function reported(
  input: SearchInput,
  target: string,
  task: 'regression' | 'classification',
): SearchResult {
  const model = fitted(input.train, target, task);
  const rows = Int32Array.from({ length: (input.validation ?? input.train).rowCount }, (_, i) => i);
  const judged = input.validation ?? input.train;
  const isRegression = task === 'regression';
  const primaryMetric = isRegression ? 'normalized_root_mean_squared_error' : 'accuracy';
  const best = {
    number: 2,
    learner: 'decision_tree',
    description: 'a decision tree',
    parameters: { maxDepth: 3 },
    state: 'completed',
    score: 0.25,
    metrics: new Map([[primaryMetric, 0.25]]),
    foldMetrics: new Map([[primaryMetric, [0.2, 0.3]]]),
    curve: [
      { iteration: 1, value: 0.9 },
      { iteration: 2, value: 0.5 },
    ],
    trainSeconds: 0.5,
    predictMicrosecondsPerRow: 2,
    sampleRows: rows.length,
    error: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:00:01.000Z',
  } as const;
  const other = { ...best, number: 1, learner: 'naive', score: 0.5, curve: null };
  return {
    task,
    primaryMetric,
    metricDirection: isRegression ? 'minimize' : 'maximize',
    leaderboard: [best, other, { ...other, number: 3, state: 'failed', score: null }],
    best,
    model,
    outOfFold: {
      rows,
      predictions: isRegression ? Float64Array.from(model.predict(judged), Number) : null,
      probabilities: isRegression ? null : model.predictProbabilities(judged).values,
    },
    testMetrics: input.test === undefined ? null : new Map([[primaryMetric, 0.3]]),
    notes: [],
    settings: settingsOf(target, task, primaryMetric),
    stopReason: 'max_trials',
    elapsedSeconds: 1,
  };
}

function settingsOf(
  targetColumn: string,
  task: AutoMLSettings['task'],
  primaryMetric: string,
): AutoMLSettings {
  return {
    task,
    targetColumn,
    primaryMetric,
    timeBudgetSeconds: null,
    maxTrials: 2,
    maxConcurrentTrials: null,
    trialTimeoutSeconds: null,
    exitScore: null,
    enableEarlyTermination: true,
    allowedLearners: null,
    blockedLearners: [],
    voteEnsemble: true,
    stackEnsemble: true,
    crossValidations: null,
    validationSize: null,
    featurization: {
      mode: 'auto',
      columnTypes: new Map(),
      dropColumns: [],
      blockedTransformers: [],
    },
    weightColumn: null,
    positiveLabel: null,
    classWeight: null,
    seed: 1,
    preset: 'best',
    maxLatencyMicroseconds: null,
    maxModelBytes: null,
    cvSplitColumns: [],
  };
}

function fitted(table: Table, target: string, task: 'regression' | 'classification'): TabularModel {
  const column = table.column(target);
  const encoder = new TableEncoder().fit(table, { target });
  const x = encoder.transform(table);
  const y = table.toRows().map((row) => row[target]);
  const name = task === 'regression' ? 'DecisionTreeRegressor' : 'DecisionTreeClassifier';
  const estimator = estimatorEntry(name).create({ maxDepth: 3 });
  const model =
    task === 'regression'
      ? (estimator as Regressor).fit(x, y.map(Number))
      : (estimator as Classifier).fit(x, y as Label[]);
  return new TabularModel({ targetName: target, targetType: column.type, encoder, model });
}
