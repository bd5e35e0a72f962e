// The settings of a search: what a caller may ask for. Their checks and defaults are in
// resolve-settings.ts.

export const autoMLTasks = ['regression', 'classification', 'forecasting'] as const;
export type AutoMLTask = (typeof autoMLTasks)[number];

export const presets = ['best', 'fast'] as const;
export type Preset = (typeof presets)[number];

/** What a column means; `ignored` keeps it out. */
export const columnPurposes = [
  'numeric',
  'categorical',
  'boolean',
  'datetime',
  'text',
  'ignored',
] as const;
export type ColumnPurpose = (typeof columnPurposes)[number];

export interface FeaturizationSettings {
  /** `auto`: purposes are guessed; `custom`: as auto, with what is said here; `off`: columns as they are. */
  readonly mode: 'auto' | 'off' | 'custom';
  /** Purpose by column, in any case; columns not named are guessed. */
  readonly columnTypes: ReadonlyMap<string, string>;
  readonly dropColumns: readonly string[];
  /** Azure's names of transformers that must not be used, such as `TfIdf` and `DateTimeTransformer`. */
  readonly blockedTransformers: readonly string[];
}

export interface AutoMLSettings {
  readonly task: AutoMLTask;
  readonly targetColumn: string;
  /**
   * Steers the search and the choice. Azure's name in any case; default accuracy for a
   * classification and normalized_root_mean_squared_error for a regression.
   */
  readonly primaryMetric: string;
  /** Seconds, above 0, kept to within one second or 5 %; null: `maxTrials` alone ends the search. */
  readonly timeBudgetSeconds: number | null;
  /** Trials, 1 or more, ensembles not counted; null: time alone ends the search. */
  readonly maxTrials: number | null;
  /** Worker threads, 1 to 64; null: one a core. */
  readonly maxConcurrentTrials: number | null;
  /** Seconds that one trial may take; null: what the budget leaves. */
  readonly trialTimeoutSeconds: number | null;
  /** The search ends when a trial's score is as good; null: never. */
  readonly exitScore: number | null;
  /** Whether trials that fall behind end early; default true. */
  readonly enableEarlyTermination: boolean;
  /** Our names or Azure's; null: all. */
  readonly allowedLearners: readonly string[] | null;
  readonly blockedLearners: readonly string[];
  readonly voteEnsemble: boolean;
  readonly stackEnsemble: boolean;
  /** Folds, 2 to 100; `auto` and null: by the size of the data. */
  readonly crossValidations: number | 'auto' | null;
  /** Part of the rows to validate on, above 0 and below 1, instead of folds; null: by size. */
  readonly validationSize: number | null;
  readonly featurization: FeaturizationSettings;
  readonly weightColumn: string | null;
  /** The class that binary metrics are about; null: the last one. */
  readonly positiveLabel: string | null;
  readonly classWeight: 'balanced' | null;
  /** A whole number from 0 to 2^32 - 1; the same seed and `maxTrials` give the same leaderboard. */
  readonly seed: number;
  /** `best`: an ensemble of bagged models; `fast`: one model that predicts quickly. */
  readonly preset: Preset;
  /** Limit of the chosen model, microseconds a row in a batch; null: none. */
  readonly maxLatencyMicroseconds: number | null;
  /** Limit of the chosen model's size as JSON; null: none. */
  readonly maxModelBytes: number | null;
  /** Columns of 0 (train) and 1 (validate), one a fold; they are no features. */
  readonly cvSplitColumns: readonly string[];
}
