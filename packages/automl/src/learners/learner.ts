// What the search knows of a family of learners: which configurations to try first, where to look
// further, what a fit costs, and how to make the pipeline. One file a family beside this one.
import type { FeatureMatrix, FittedModel, Label, Parameters } from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import type { LearnerName } from '../settings/learner-names.ts';

export interface Candidate {
  readonly learner: LearnerName;
  readonly description: string;
  readonly parameters: Parameters;
}

/** One dimension of a search space. */
export interface Dimension {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Steps are taken on the logarithm. */
  readonly isLog: boolean;
  readonly isWhole: boolean;
  /** Where a search that knows nothing starts: the cheap end. */
  readonly start: number;
}

/** The rows of one fit, taken out of the problem. */
export interface FitData {
  readonly x: FeatureMatrix;
  /** Values, or the labels themselves. */
  readonly y: ArrayLike<Label>;
  readonly weights: Float64Array | null;
}

export interface FitJob {
  readonly facts: ProblemFacts;
  readonly parameters: Parameters;
  readonly seed: number;
  readonly classes: readonly Label[] | null;
  readonly train: FitData;
  /** Rows that iterative learners may watch to end in time; null where there are none. */
  readonly watched: FitData | null;
  readonly shouldStop: () => boolean;
}

export interface FitOutcome {
  readonly model: FittedModel;
  readonly curve: readonly number[] | null;
  readonly iterations: number | null;
}

export interface Learner {
  readonly name: LearnerName;
  /** Configurations to try, the best guess first; none where the family does not suit the problem. */
  readonly portfolio: (facts: ProblemFacts) => readonly Candidate[];
  /** Dimensions of the local search; none where a search earns nothing. */
  readonly space: (facts: ProblemFacts) => readonly Dimension[];
  /** Seconds that a fit on so many rows is expected to take, before anything was measured. */
  readonly cost: (facts: ProblemFacts, parameters: Parameters, rows: number) => number;
  /**
   * Parameters that take about `factor` (below 1) of the time, where fits that are cut short are still
   * good ones; null where that is too little.
   */
  readonly hasten?: (parameters: Parameters, factor: number) => Parameters | null;
  /** Whether a running fit can be asked to end with what it has. */
  readonly isIterative: boolean;
  readonly fit: (job: FitJob) => FitOutcome;
}

/** Whether the family has a configuration for the problem. */
export function learnerSuits(learner: Learner, facts: ProblemFacts): boolean {
  return learner.portfolio(facts).length > 0;
}
