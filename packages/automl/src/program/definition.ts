// What the engine tells this program of its step: the fields of an `automl` job, as the package
// azureml-yaml has converted them, in JSON. Checked here, as a file may hold anything.
import { AutoMLError } from '../errors.ts';
import { type AutoMLTask, autoMLTasks } from '../settings/automl-settings.ts';
import { FieldReader } from './field-reader.ts';
import { type DefinitionForecasting, readForecasting } from './forecasting-definition.ts';

export interface DefinitionLimits {
  readonly maxTrials: number | null;
  readonly maxConcurrentTrials: number | null;
  readonly maxCoresPerTrial: number | null;
  /** Of the whole. */
  readonly timeoutMinutes: number | null;
  readonly trialTimeoutMinutes: number | null;
  readonly exitScore: number | null;
  readonly enableEarlyTermination: boolean | null;
}

export interface DefinitionTraining {
  readonly allowedAlgorithms: readonly string[] | null;
  readonly blockedAlgorithms: readonly string[] | null;
  readonly enableStackEnsemble: boolean | null;
  readonly enableVoteEnsemble: boolean | null;
  readonly enableModelExplainability: boolean | null;
  readonly enableDnnTraining: boolean | null;
}

export interface DefinitionFeaturization {
  readonly mode: 'auto' | 'off' | 'custom';
  readonly datasetLanguage: string | null;
  readonly blockedTransformers: readonly string[];
  readonly columnNameAndTypes: ReadonlyMap<string, string>;
  readonly dropColumns: readonly string[];
  /** Names of transformers that are given parameters. */
  readonly transformersWithParameters: readonly string[];
  readonly enableDnnFeaturization: boolean | null;
}

export interface AutoMLDefinition {
  readonly task: AutoMLTask;
  /** Null also where an input says it. */
  readonly primaryMetric: string | null;
  readonly targetColumn: string;
  /** Names of inputs. */
  readonly trainingData: string;
  readonly validationData: string | null;
  readonly testData: string | null;
  /** A part of the training data, 0 to 1. */
  readonly validationDataSize: number | null;
  readonly testDataSize: number | null;
  readonly nCrossValidations: number | 'auto' | null;
  readonly cvSplitColumnNames: readonly string[];
  readonly weightColumn: string | null;
  readonly positiveLabel: string | null;
  readonly logVerbosity: string | null;
  readonly limits: DefinitionLimits;
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

function limitsOf(fields: FieldReader): DefinitionLimits {
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
