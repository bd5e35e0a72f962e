// Many metrics in one call: the inputs are checked, sorted and counted once for all of them.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { ClassificationInputs, type ClassificationOptions } from './classification-inputs.ts';
import type { Metric, RegressionEvaluation, TargetRange } from './metric.ts';
import { metricOf, metricsOf } from './metrics.ts';
import { checkedInputs } from './regression-inputs.ts';

export interface EvaluationOptions {
  /** Names of the metrics wanted. Default: all of the task. */
  readonly only?: readonly string[];
  /** Told why a metric has no value for these data; its value is NaN then. */
  readonly onUndefined?: (metric: string, reason: string) => void;
}

export interface RegressionEvaluationOptions extends EvaluationOptions {
  /** One weight a row, finite and not negative, not all zero. Default: every row counts the same. */
  readonly weights?: ArrayLike<number>;
  /** The range of the target in all data, for the normalized errors. Default: that of `yTrue`. */
  readonly trainRange?: TargetRange;
}

export interface ClassificationEvaluationOptions extends EvaluationOptions, ClassificationOptions {}

/**
 * Name → value; NaN where a metric is not defined for the data.
 * @throws LearnError METRIC_UNKNOWN, DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE,
 * PARAMETER_INVALID for the range.
 */
export function evaluateRegression(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: RegressionEvaluationOptions = {},
): Map<string, number> {
  const { weights, trainRange } = options;
  const inputs = checkedInputs(
    yTrue,
    yPred,
    weights === undefined ? {} : { sampleWeight: weights },
  );
  const targetRange = trainRange === undefined ? rangeOf(inputs.yTrue) : checkedRange(trainRange);
  const rows = wanted(metricsOf('regression'), options, (name) => metricOf('regression', name));
  return valuesOf<RegressionEvaluation>(rows, { ...inputs, targetRange }, options);
}

/**
 * Name → value; NaN where a metric is not defined for the data.
 * @param probabilities one row a label, one column a class, in the order of `classes`.
 * @param classes all classes, also those without a row.
 * @throws LearnError METRIC_UNKNOWN, DATA_EMPTY, SHAPE_MISMATCH, DATA_OUT_OF_RANGE for what is no
 * probability, DATA_LABEL_INVALID for an unknown label, PARAMETER_INVALID for the positive label.
 */
export function evaluateClassification(
  labels: ArrayLike<Label>,
  probabilities: Matrix,
  classes: readonly Label[],
  options: ClassificationEvaluationOptions = {},
): Map<string, number> {
  const inputs = new ClassificationInputs(labels, probabilities, classes, options);
  const rows = wanted(metricsOf('classification'), options, (name) => {
    return metricOf('classification', name);
  });
  return valuesOf(rows, inputs, options);
}

function wanted<Row extends Metric>(
  rows: readonly Row[],
  { only }: EvaluationOptions,
  find: (name: string) => Row,
): readonly Row[] {
  return only === undefined ? rows : only.map(find);
}

interface Computation<Inputs> {
  readonly name: string;
  readonly undefinedWhen: (inputs: Inputs) => string | null;
  readonly compute: (inputs: Inputs) => number;
}

function valuesOf<Inputs>(
  rows: readonly Computation<Inputs>[],
  inputs: Inputs,
  { onUndefined }: EvaluationOptions,
): Map<string, number> {
  const values = new Map<string, number>();
  for (const { name, undefinedWhen, compute } of rows) {
    const reason = undefinedWhen(inputs);
    const value = reason === null ? compute(inputs) : Number.NaN;
    if (Number.isNaN(value))
      onUndefined?.(name, reason ?? 'the numbers are too large for its sums');
    values.set(name, value);
  }
  return values;
}

function checkedRange({ min, max }: TargetRange): TargetRange {
  if (Number.isFinite(min) && Number.isFinite(max) && min <= max) return { min, max };
  throw new LearnError(
    'PARAMETER_INVALID',
    `trainRange is ${min} to ${max}: expected two finite numbers, min not above max`,
  );
}

function rangeOf(values: Float64Array): TargetRange {
  let min = values[0];
  let max = values[0];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
