// Checks what a caller asks for and fills in the defaults. What depends on the data (the task where
// none is named, whether a column is there) is checked with the data.
import { didYouMean, type Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import { targetTask } from '../problem/infer-task.ts';
import type { Problem } from '../problem/problem.ts';
import {
  type AutoMLSettings,
  autoMLTasks,
  columnPurposes,
  type FeaturizationSettings,
  presets,
} from './automl-settings.ts';
import { allowedFamilies, blockedFamilies } from './learner-names.ts';
import { assertSteers, resolveMetric } from './primary-metric.ts';
import {
  finiteOrNull,
  flag,
  invalid,
  oneOf,
  positiveOrNull,
  textOrNull,
  texts,
  wholeOrNull,
} from './setting-checks.ts';

export type GivenSettings = Partial<AutoMLSettings> & Pick<AutoMLSettings, 'targetColumn'>;

/** Seconds of a search that is given neither a time nor a number of trials. */
export const defaultTimeBudgetSeconds = 60;

const tenDays = 864_000;
const largestSeed = 2 ** 32 - 1;

const settingNames: ReadonlySet<string> = new Set<keyof AutoMLSettings>([
  'task',
  'targetColumn',
  'primaryMetric',
  'timeBudgetSeconds',
  'maxTrials',
  'maxConcurrentTrials',
  'trialTimeoutSeconds',
  'exitScore',
  'enableEarlyTermination',
  'allowedLearners',
  'blockedLearners',
  'voteEnsemble',
  'stackEnsemble',
  'crossValidations',
  'validationSize',
  'featurization',
  'weightColumn',
  'positiveLabel',
  'classWeight',
  'seed',
  'preset',
  'maxLatencyMicroseconds',
  'maxModelBytes',
  'cvSplitColumns',
]);

/**
 * @param train its target column speaks for a task, where none is named.
 * @throws AutoMLError SETTING_UNKNOWN, SETTING_INVALID, METRIC_UNKNOWN, LEARNER_UNKNOWN,
 * TASK_NOT_SUPPORTED.
 */
export function resolveSettings(train: Table, given: GivenSettings): AutoMLSettings {
  const { metricName, ...settings } = checkSettings(given);
  const task = settings.task ?? targetTask(train, settings.targetColumn);
  return { ...settings, task, primaryMetric: resolveMetric(task, metricName).name };
}

/**
 * What can be said of settings before the data is read; a task that is not named is null.
 * @throws AutoMLError as `resolveSettings`
 */
export function checkSettings(given: GivenSettings) {
  checkNames(given);
  const targetColumn = textOrNull('targetColumn', given.targetColumn);
  if (targetColumn === null) throw invalid('targetColumn', given.targetColumn, 'a column’s name');
  const task = checkedTask(given.task);
  const metricName = textOrNull('primaryMetric', given.primaryMetric);
  assertSteers(task, metricName);
  const preset = oneOf('preset', given.preset, presets, 'best');
  return {
    task,
    targetColumn,
    metricName,
    ...limits(given),
    ...learners(given),
    ...validation(given),
    voteEnsemble: flag('voteEnsemble', given.voteEnsemble, preset === 'best'),
    stackEnsemble: flag('stackEnsemble', given.stackEnsemble, preset === 'best'),
    featurization: featurization(given.featurization),
    weightColumn: textOrNull('weightColumn', given.weightColumn),
    positiveLabel: textOrNull('positiveLabel', given.positiveLabel),
    classWeight: balancedOrNull(given.classWeight),
    seed: wholeOrNull('seed', given.seed, 0, largestSeed) ?? 0,
    preset,
    maxLatencyMicroseconds: positiveOrNull(
      'maxLatencyMicroseconds',
      given.maxLatencyMicroseconds,
      1e9,
    ),
    maxModelBytes: positiveOrNull('maxModelBytes', given.maxModelBytes, 1e12),
  };
}

function checkNames(given: object): void {
  for (const name of Object.keys(given)) {
    if (settingNames.has(name)) continue;
    const hint = didYouMean(name, [...settingNames]);
    throw new AutoMLError(
      'SETTING_UNKNOWN',
      `there is no setting '${name.slice(0, 100)}'${hint || `; there are ${[...settingNames].join(', ')}`}`,
    );
  }
}

/** Null: the target will tell. */
function checkedTask(given: unknown): Problem['task'] | null {
  if (given === undefined) return null;
  const task = oneOf('task', given, autoMLTasks, 'regression');
  if (task !== 'forecasting') return task;
  throw new AutoMLError(
    'TASK_NOT_SUPPORTED',
    'a forecast needs to know its time column: give the settings of forecasting (searchForecast, --task forecasting)',
  );
}

function limits(given: GivenSettings) {
  const maxTrials = wholeOrNull('maxTrials', given.maxTrials, 1, 100_000);
  const time = positiveOrNull('timeBudgetSeconds', given.timeBudgetSeconds, tenDays);
  return {
    maxTrials,
    timeBudgetSeconds: time ?? (maxTrials === null ? defaultTimeBudgetSeconds : null),
    maxConcurrentTrials: wholeOrNull('maxConcurrentTrials', given.maxConcurrentTrials, 1, 64),
    trialTimeoutSeconds: positiveOrNull('trialTimeoutSeconds', given.trialTimeoutSeconds, tenDays),
    exitScore: finiteOrNull('exitScore', given.exitScore),
    enableEarlyTermination: flag('enableEarlyTermination', given.enableEarlyTermination, true),
  };
}

function learners(given: GivenSettings) {
  const allowed = given.allowedLearners ?? null;
  const blocked = texts('blockedLearners', given.blockedLearners);
  const allowedLearners =
    allowed === null ? null : [...allowedFamilies(texts('allowedLearners', allowed))];
  if (allowedLearners?.length === 0) {
    throw invalid('allowedLearners', allowed, 'at least one learner, or null for all');
  }
  return { allowedLearners, blockedLearners: [...blockedFamilies(blocked)] };
}

function validation(given: GivenSettings) {
  const size = given.validationSize ?? null;
  if (size !== null && !(typeof size === 'number' && size > 0 && size < 1)) {
    throw invalid('validationSize', size, 'a number above 0 and below 1, or null');
  }
  const folds = given.crossValidations ?? null;
  return {
    crossValidations: folds === 'auto' ? folds : wholeOrNull('crossValidations', folds, 2, 100),
    validationSize: size,
    cvSplitColumns: texts('cvSplitColumns', given.cvSplitColumns),
  };
}

function featurization(given: Partial<FeaturizationSettings> | undefined): FeaturizationSettings {
  const modes = ['auto', 'off', 'custom'] as const;
  const columnTypes = new Map<string, string>();
  for (const [column, purpose] of given?.columnTypes ?? []) {
    const known = columnPurposes.find((each) => each === purpose.toLowerCase());
    if (known === undefined) {
      throw invalid(
        `featurization.columnTypes of column '${column.slice(0, 100)}'`,
        purpose,
        `one of ${columnPurposes.join(', ')}`,
      );
    }
    columnTypes.set(column, known);
  }
  return {
    mode: oneOf('featurization.mode', given?.mode, modes, 'auto'),
    columnTypes,
    dropColumns: texts('featurization.dropColumns', given?.dropColumns),
    blockedTransformers: texts('featurization.blockedTransformers', given?.blockedTransformers),
  };
}

function balancedOrNull(given: unknown): 'balanced' | null {
  if (given === null || given === undefined) return null;
  if (given === 'balanced') return given;
  throw invalid('classWeight', given, "'balanced', or null");
}
