// A trial: one configuration of one learner, evaluated. The leaderboard is a list of these.
import type { Parameters } from '@ridgeline/learn';

const trialStates = ['running', 'completed', 'failed', 'stopped'] as const;
export type TrialState = (typeof trialStates)[number];

export interface CurvePoint {
  readonly iteration: number;
  readonly value: number;
}

export interface Trial {
  /** From 1, in the order of their start. */
  readonly number: number;
  /** Our name of the learner's family, such as `gradient_boosting`; `vote_ensemble`, `stack_ensemble`. */
  readonly learner: string;
  readonly description: string;
  readonly parameters: Parameters;
  readonly state: TrialState;
  /** By the primary metric, in its own direction; null until there is one. */
  readonly score: number | null;
  /** All metrics of the task over the rows held out. */
  readonly metrics: ReadonlyMap<string, number>;
  /** One value a fold. */
  readonly foldMetrics: ReadonlyMap<string, readonly number[]>;
  /** Validation loss a round of the first fold, where the learner is iterative. */
  readonly curve: readonly CurvePoint[] | null;
  /** Seconds of work, all folds together. */
  readonly trainSeconds: number;
  readonly predictMicrosecondsPerRow: number | null;
  /** Rows that it trained and was judged on: fewer than there are where a sample was screened. */
  readonly sampleRows: number;
  readonly error: string | null;
  /** UTC ISO; null until then. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}
