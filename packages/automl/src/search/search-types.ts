// What a search takes and gives, beside its settings.
import type { TabularModel } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { Trial } from './trial.ts';

export interface SearchInput {
  readonly train: Table;
  /** Judges every trial, instead of folds of the training rows. */
  readonly validation?: Table;
  /** Never looked at by the search; the chosen model is evaluated on it in the end. */
  readonly test?: Table;
}

const searchPhases = ['profile', 'floor', 'portfolio', 'local', 'ensemble', 'done'] as const;
export type SearchPhase = (typeof searchPhases)[number];

export interface SearchProgress {
  readonly elapsedSeconds: number;
  /** Null without a time budget. */
  readonly remainingSeconds: number | null;
  readonly trialsDone: number;
  readonly bestScore: number | null;
  readonly phase: SearchPhase;
}

/** Milliseconds, and calls after some of them: the system's clock, or a test's. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Calls back once, after so many milliseconds; gives what calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

export interface SearchHooks {
  readonly onTrialStart?: (trial: Trial) => void;
  readonly onTrialEnd?: (trial: Trial) => void;
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

const stopReasons = [
  'time_budget',
  'max_trials',
  'exit_score',
  'cancelled',
  'early_termination',
  'exhausted',
] as const;
export type StopReason = (typeof stopReasons)[number];

/** Predictions for training rows by models that did not see them, of the chosen model. */
export interface OutOfFold {
  /** Row numbers of the training table (of the validation table where one was given). */
  readonly rows: Int32Array;
  /** Of a regression: one value a row. */
  readonly predictions: Float64Array | null;
  /** Of a classification: row-major, one column a class. */
  readonly probabilities: Float64Array | null;
}

/** Something that the search chose or met that its user should know of. */
export interface SearchNote {
  readonly code: string;
  readonly column: string | null;
  readonly message: string;
}

/** What any search ends with, whatever its model is. */
export interface SearchOutcome {
  readonly task: AutoMLSettings['task'];
  /** Canonical name. */
  readonly primaryMetric: string;
  readonly metricDirection: 'maximize' | 'minimize';
  /** Best first; failed and stopped trials last. */
  readonly leaderboard: readonly Trial[];
  readonly best: Trial;
  /** Of the chosen model on `test`; null without. */
  readonly testMetrics: ReadonlyMap<string, number> | null;
  readonly notes: readonly SearchNote[];
  readonly settings: AutoMLSettings;
  readonly stopReason: StopReason;
  readonly elapsedSeconds: number;
}

export interface SearchResult extends SearchOutcome {
  readonly model: TabularModel;
  readonly outOfFold: OutOfFold;
}
