// Automated machine learning on a table, as Azure ML's `automl` jobs say it: checked and typed, and
// left to another package to carry out.

export const autoMLTasks = ['regression', 'classification', 'forecasting'] as const;
export type AutoMLTask = (typeof autoMLTasks)[number];

export interface AutoMLLimits {
  readonly maxTrials: number | null;
  readonly maxConcurrentTrials: number | null;
  readonly maxCoresPerTrial: number | null;
  /** Of the whole, as in Azure ML's file. */
  readonly timeoutMinutes: number | null;
  readonly trialTimeoutMinutes: number | null;
  /** The search ends when a model reaches it. */
  readonly exitScore: number | null;
  readonly enableEarlyTermination: boolean | null;
}

export interface AutoMLTraining {
  /** Names of algorithms as in Azure ML, in lower case with underscores (`light_gbm`). */
  readonly allowedAlgorithms: readonly string[] | null;
  readonly blockedAlgorithms: readonly string[] | null;
  readonly enableStackEnsemble: boolean | null;
  readonly enableVoteEnsemble: boolean | null;
  readonly enableModelExplainability: boolean | null;
  readonly enableDnnTraining: boolean | null;
  readonly enableOnnxCompatibleModels: boolean | null;
  readonly ensembleModelDownloadTimeoutMinutes: number | null;
  readonly stackEnsembleTrainKPercentage: number | null;
}

export interface AutoMLFeaturization {
  readonly mode: 'auto' | 'off' | 'custom';
  readonly datasetLanguage: string | null;
  readonly blockedTransformers: readonly string[];
  /** Purpose (`Numeric`, `Categorical`, …) by column. */
  readonly columnNameAndTypes: ReadonlyMap<string, string>;
  readonly dropColumns: readonly string[];
  /** By transformer. */
  readonly transformerParams: ReadonlyMap<
    string,
    readonly {
      readonly fields: readonly string[];
      readonly parameters: Readonly<Record<string, string | number | boolean>>;
    }[]
  >;
  readonly enableDnnFeaturization: boolean | null;
}

export interface AutoMLForecasting {
  readonly timeColumnName: string;
  /** A number of steps, or `auto`. */
  readonly forecastHorizon: number | 'auto' | null;
  readonly timeSeriesIdColumnNames: readonly string[];
  readonly frequency: string | null;
  readonly targetLags: readonly number[] | 'auto' | null;
  readonly targetRollingWindowSize: number | 'auto' | null;
  readonly seasonality: number | 'auto' | null;
  readonly countryOrRegionForHolidays: string | null;
  readonly featureLags: 'auto' | 'none' | null;
  readonly shortSeriesHandling: 'auto' | 'pad' | 'drop' | 'none' | null;
  readonly useStl: 'season' | 'season_trend' | null;
  readonly targetAggregateFunction: 'sum' | 'max' | 'min' | 'mean' | 'none' | null;
  readonly cvStepSize: number | 'auto' | null;
  readonly unknownFeatures: readonly string[];
}

export interface AutoMLFields {
  readonly task: AutoMLTask;
  /**
   * As in Azure ML, in lower case with underscores (`normalized_root_mean_squared_error`). Null also
   * where it is bound: the step's input `primary_metric` says it then.
   */
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
  /** Of a classification: the class that the binary metrics are about. */
  readonly positiveLabel: string | null;
  readonly logVerbosity: string | null;
  readonly limits: AutoMLLimits;
  readonly training: AutoMLTraining;
  readonly featurization: AutoMLFeaturization;
  /** Null for other tasks. */
  readonly forecasting: AutoMLForecasting | null;
}
