// What a metric is, as data: the shape of the rows of the one table in metrics.ts. Computes nothing.

import type { ClassificationInputs } from './classification-inputs.ts';
import type { RegressionInputs } from './regression-inputs.ts';

export const learningTasks = ['regression', 'classification', 'forecasting'] as const;
export type LearningTask = (typeof learningTasks)[number];

export type MetricDirection = 'minimize' | 'maximize';

/** The range of the target in all data, by which Azure AutoML normalizes errors. */
export interface TargetRange {
  readonly min: number;
  readonly max: number;
}

/** A regression metric's inputs, checked once for all metrics. */
export interface RegressionEvaluation extends RegressionInputs {
  readonly targetRange: TargetRange;
}

interface MetricFacts {
  /** In snake case, as Azure ML's YAML and MLflow write it. */
  readonly name: string;
  /** Other names of the same number: short ones, Azure's of another case. */
  readonly aliases: readonly string[];
  /** Null for what describes the data and is neither better nor worse. */
  readonly direction: MetricDirection | null;
  /** The smallest and the largest value that the metric can have. */
  readonly range: TargetRange;
  /** Whether sample weights count; where not, they are ignored. */
  readonly weighted: boolean;
  readonly doc: string;
}

export interface NumberMetric extends MetricFacts {
  readonly tasks: readonly ['regression', 'forecasting'];
  readonly needs: 'prediction';
  /** Why these data have no value, which then is NaN; null when they have one. */
  readonly undefinedWhen: (inputs: RegressionEvaluation) => string | null;
  readonly compute: (inputs: RegressionEvaluation) => number;
}

export interface ClassMetric extends MetricFacts {
  readonly tasks: readonly ['classification'];
  /** 'prediction': only which class is the most probable counts. */
  readonly needs: 'prediction' | 'probabilities';
  /** Why these data have no value, which then is NaN; null when they have one. */
  readonly undefinedWhen: (inputs: ClassificationInputs) => string | null;
  readonly compute: (inputs: ClassificationInputs) => number;
}

export type Metric = NumberMetric | ClassMetric;
