// The confusion matrix as data: what each class's rows are predicted as.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { CurveOptions } from './binary-inputs.ts';

/** More classes make a matrix that nobody can read, and that grows with their square. */
const maxClasses = 1000;

export interface ConfusionMatrix {
  readonly classes: readonly Label[];
  /** Weight of the rows of class i (the row) that are predicted as class j (the column). */
  readonly counts: readonly Float64Array[];
}

/**
 * @param classes the order of rows and columns, 2 to 1,000; also those without a row.
 * @throws LearnError DATA_OUT_OF_RANGE for more classes, DATA_LABEL_INVALID for a label that is not in
 * `classes`, SHAPE_MISMATCH, DATA_EMPTY, DATA_ONE_CLASS.
 */
export function confusionMatrix(
  labels: ArrayLike<Label>,
  predicted: ArrayLike<Label>,
  classes: readonly Label[],
  { weights }: CurveOptions = {},
): ConfusionMatrix {
  if (classes.length > maxClasses) throw tooManyClasses(classes.length);
  const rows = encodeLabels(labels, classes).codes;
  const columns = encodeLabels(predicted, classes, labels.length).codes;
  const checked = checkedWeights(weights, labels.length);
  const counts = classes.map(() => new Float64Array(classes.length));
  rows.forEach((row, i) => {
    counts[row][columns[i]] += checked === null ? 1 : checked[i];
  });
  return { classes, counts };
}

/** Each row divided by its sum: the share of a class's rows; 0 where the class has none. */
export function shareOfClass({ classes, counts }: ConfusionMatrix): ConfusionMatrix {
  const shares = counts.map((row) => {
    const sum = row.reduce((total, count) => total + count, 0);
    return row.map((count) => (sum === 0 ? 0 : count / sum));
  });
  return { classes, counts: shares };
}

function tooManyClasses(count: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `a confusion matrix of ${count} classes is too large: expected at most ${maxClasses}`,
  );
}
