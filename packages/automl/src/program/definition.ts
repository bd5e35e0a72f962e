// What the engine tells this program of its step: the fields of an `automl` job, as the package
// azureml-yaml has converted them, in JSON. Checked here, as a file may hold anything.
import type {
  AutoMLFeaturization,
  AutoMLFields,
  AutoMLLimits,
  AutoMLTraining,
} from '@ridgeline/azureml-yaml';
import { AutoMLError } from '../errors.ts';
import { autoMLTasks } from '../settings/automl-settings.ts';
import { FieldReader } from './field-reader.ts';
import { type DefinitionForecasting, readForecasting } from './forecasting-definition.ts';

export type DefinitionTraining = Omit<
  AutoMLTraining,
  | 'enableOnnxCompatibleModels'
  | 'ensembleModelDownloadTimeoutMinutes'
  | 'stackEnsembleTrainKPercentage'
>;

export interface DefinitionFeaturization extends Omit<AutoMLFeaturization, 'transformerParams'> {
  /** Names of transformers that are given parameters. */
  readonly transformersWithParameters: readonly string[];
}

type Groups = 'training' | 'featurization' | 'forecasting';

export interface AutoMLDefinition extends Omit<AutoMLFields, Groups> {
  readonly training: DefinitionTraining;
  readonly featurization: DefinitionFeaturization;
  /** Null where it is not said. */
  readonly forecasting: DefinitionForecasting | null;
  /** The step's properties: texts. */
  readonly properties: ReadonlyMap<string, string>;
}

/** @throws AutoMLError DEFINITION_INVALID */
export function readDefinition(text: string): AutoMLDefinition {
  const fields = new FieldReader('', parse(text));
  return {
    task: fields.oneOf('task', autoMLTasks) ?? 'regression',
    primaryMetric: fields.text('primaryMetric'),
    targetColumn: fields.required('targetColumn'),
    trainingData: fields.text('trainingData') ?? 'training_data',
    validationData: fields.text('validationData'),
    testData: fields.text('testData'),
    validationDataSize: fields.number('validationDataSize', { least: 0, most: 1 }),
    testDataSize: fields.number('testDataSize', { least: 0, most: 1 }),
    nCrossValidations: fields.numberOrAuto('nCrossValidations'),
    cvSplitColumnNames: fields.texts('cvSplitColumnNames') ?? [],
    weightColumn: fields.text('weightColumn'),
    positiveLabel: fields.text('positiveLabel'),
    logVerbosity: fields.text('logVerbosity'),
    limits: limitsOf(fields.group('limits')),
    training: trainingOf(fields.group('training')),
    featurization: featurizationOf(fields.group('featurization')),
    forecasting: fields.has('forecasting') ? readForecasting(fields.group('forecasting')) : null,
    properties: fields.textMap('properties'),
  };
}

function limitsOf(fields: FieldReader): AutoMLLimits {
  return {
    maxTrials: fields.number('maxTrials', { least: 1 }),
    maxConcurrentTrials: fields.number('maxConcurrentTrials', { least: 1 }),
    maxCoresPerTrial: fields.number('maxCoresPerTrial', { least: -1 }),
    timeoutMinutes: fields.number('timeoutMinutes', { least: 0 }),
    trialTimeoutMinutes: fields.number('trialTimeoutMinutes', { least: 0 }),
    exitScore: fields.number('exitScore'),
    enableEarlyTermination: fields.boolean('enableEarlyTermination'),
  };
}

function trainingOf(fields: FieldReader): DefinitionTraining {
  return {
    allowedAlgorithms: fields.texts('allowedAlgorithms'),
    blockedAlgorithms: fields.texts('blockedAlgorithms'),
    enableStackEnsemble: fields.boolean('enableStackEnsemble'),
    enableVoteEnsemble: fields.boolean('enableVoteEnsemble'),
    enableModelExplainability: fields.boolean('enableModelExplainability'),
    enableDnnTraining: fields.boolean('enableDnnTraining'),
  };
}

function featurizationOf(fields: FieldReader): DefinitionFeaturization {
  return {
    mode: fields.oneOf('mode', ['auto', 'off', 'custom']) ?? 'auto',
    datasetLanguage: fields.text('datasetLanguage'),
    blockedTransformers: fields.texts('blockedTransformers') ?? [],
    columnNameAndTypes: fields.textMap('columnNameAndTypes'),
    dropColumns: fields.texts('dropColumns') ?? [],
    transformersWithParameters: fields.keysOf('transformerParams'),
    enableDnnFeaturization: fields.boolean('enableDnnFeaturization'),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = "the definition is no JSON; write the step's definition as a JSON object";
    throw new AutoMLError('DEFINITION_INVALID', message, { cause });
  }
}
