// A job's definition as the settings of a search. What Azure ML has and a search on one machine
// does not is told by name; it never changes the result in silence.
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { defaultTimeBudgetSeconds, type GivenSettings } from '../settings/resolve-settings.ts';
import type { AutoMLDefinition } from './definition.ts';
import { settingsOfProperties } from './property-settings.ts';

export interface SettingsOfDefinition {
  readonly settings: GivenSettings;
  /** What of the definition changes nothing here, one sentence each. */
  readonly notes: readonly string[];
}

/** The input that says the metric where the definition leaves it to the pipeline's parameters. */
const primaryMetricInput = 'primary_metric';

export function settingsOf(
  definition: AutoMLDefinition,
  inputs: ReadonlyMap<string, string>,
): SettingsOfDefinition {
  const { limits, training } = definition;
  const primaryMetric = definition.primaryMetric ?? inputs.get(primaryMetricInput) ?? null;
  const settings: GivenSettings = {
    task: definition.task,
    targetColumn: definition.targetColumn,
    ...(primaryMetric !== null && { primaryMetric }),
    timeBudgetSeconds: seconds(limits.timeoutMinutes),
    maxTrials: limits.maxTrials,
    maxConcurrentTrials: limits.maxConcurrentTrials,
    trialTimeoutSeconds: seconds(limits.trialTimeoutMinutes),
    exitScore: limits.exitScore,
    enableEarlyTermination: limits.enableEarlyTermination ?? true,
    allowedLearners: training.allowedAlgorithms,
    blockedLearners: training.blockedAlgorithms ?? [],
    ...(training.enableVoteEnsemble !== null && { voteEnsemble: training.enableVoteEnsemble }),
    ...(training.enableStackEnsemble !== null && { stackEnsemble: training.enableStackEnsemble }),
    crossValidations: definition.nCrossValidations,
    // Azure ML's own meaning of 0: as if it were not said.
    validationSize: definition.validationDataSize || null,
    featurization: featurizationOf(definition),
    weightColumn: definition.weightColumn,
    positiveLabel: definition.positiveLabel,
    cvSplitColumns: definition.cvSplitColumnNames,
    ...settingsOfProperties(definition.properties),
  };
  return { settings, notes: notesOn(definition) };
}

function seconds(minutes: number | null): number | null {
  return minutes === null ? null : minutes * 60;
}

/** What stands beside `mode: auto` is meant, too: only `off` leaves the columns as they are. */
function featurizationOf({ featurization }: AutoMLDefinition): AutoMLSettings['featurization'] {
  const { mode, columnNameAndTypes, dropColumns, blockedTransformers } = featurization;
  const isCustom =
    mode === 'auto' &&
    columnNameAndTypes.size + dropColumns.length + blockedTransformers.length > 0;
  return {
    mode: isCustom ? 'custom' : mode,
    columnTypes: new Map([...columnNameAndTypes].map(([name, type]) => [name, purposeOf(type)])),
    dropColumns,
    blockedTransformers,
  };
}

/** Azure ML's words for what a column holds, as ours. */
function purposeOf(type: string): string {
  const word = type.toLowerCase();
  if (word === 'date_time') return 'datetime';
  return word === 'ignore' ? 'ignored' : word;
}

function notesOn(definition: AutoMLDefinition): readonly string[] {
  const { limits, training, featurization } = definition;
  const language = featurization.datasetLanguage?.toLowerCase() ?? 'eng';
  const parameters = featurization.transformersWithParameters;
  const told: ReadonlyArray<readonly [boolean, string]> = [
    [
      limits.timeoutMinutes === null && limits.maxTrials === null,
      `limits say neither timeout_minutes nor max_trials: the search ends after ${defaultTimeBudgetSeconds} seconds`,
    ],
    [
      (limits.maxCoresPerTrial ?? -1) !== -1,
      'max_cores_per_trial has no effect: a trial has one core, and max_concurrent_trials says how many run at once',
    ],
    [training.enableDnnTraining === true, 'enable_dnn_training has no effect: tables only'],
    [featurization.enableDnnFeaturization === true, 'enable_dnn_featurization has no effect'],
    [
      !/^eng?$/.test(language),
      `dataset_language '${language}' has no effect: words are split at spaces`,
    ],
    [
      parameters.length > 0,
      `transformer_params of ${parameters.join(', ')} have no effect: the search chooses them by the data`,
    ],
  ];
  return told.flatMap(([applies, text]) => (applies ? [text] : []));
}
