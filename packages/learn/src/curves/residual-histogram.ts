// How predicted numbers miss, as data: the residuals' histogram, and prediction against truth.

import { LearnError } from '../errors.ts';
import { checkedInputs } from '../metrics/regression-inputs.ts';
import { mean } from '../numeric/sum.ts';

export interface ResidualHistogram {
  /** One more than the counts, ascending. Bin i holds edge[i] ≤ x < edge[i + 1], the last both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Of the residuals, which are prediction minus truth. */
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * The inner bins are of equal width over two standard deviations of the target to either side of 0,
 * as Azure AutoML's are, so that the bins do not depend on one large miss; the outer two take the rest.
 * @param binCount 3 to 1,000; default 10.
 * @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, PARAMETER_INVALID.
 */
export function residualHistogram(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  { binCount = 10 }: { readonly binCount?: number } = {},
): ResidualHistogram {
  checkBinCount(binCount, 3);
  const inputs = checkedInputs(yTrue, yPred, {});
  const residuals = inputs.yTrue.map((value, i) => inputs.yPred[i] - value);
  const bound = 2 * standardDeviation(inputs.yTrue) || 1;
  const inner = binCount - 2;
  const edges = Array.from({ length: inner + 1 }, (_, i) => -bound + (i * 2 * bound) / inner);
  const counts = new Array<number>(binCount).fill(0);
  for (const residual of residuals) {
    counts[edges.filter((edge) => residual >= edge).length]++;
  }
  const least = residuals.reduce((a, b) => Math.min(a, b));
  const most = residuals.reduce((a, b) => Math.max(a, b));
  return {
    edges: [Math.min(least, -bound), ...edges, Math.max(most, bound)],
    counts,
    mean: mean(residuals),
    standardDeviation: standardDeviation(residuals),
  };
}

export interface PredictedVsTrueBin {
  /** The bin's targets: from ≤ y < to, the last bin's `to` included. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean and standard deviation of the predictions for the bin's rows. */
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Bins of the target of equal width that have rows, with what is predicted for them. */
export function predictedVsTrue(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  { binCount = 20 }: { readonly binCount?: number } = {},
): readonly PredictedVsTrueBin[] {
  checkBinCount(binCount, 1);
  const inputs = checkedInputs(yTrue, yPred, {});
  const least = inputs.yTrue.reduce((a, b) => Math.min(a, b));
  const most = inputs.yTrue.reduce((a, b) => Math.max(a, b));
  const width = (most - least) / binCount;
  const bins = Array.from({ length: binCount }, () => [] as number[]);
  inputs.yTrue.forEach((value, i) => {
    const at = width === 0 ? 0 : Math.min(binCount - 1, Math.floor((value - least) / width));
    bins[at].push(inputs.yPred[i]);
  });
  return bins.flatMap((predictions, i) => {
    if (predictions.length === 0) return [];
    const values = Float64Array.from(predictions);
    return [
      {
        from: least + i * width,
        to: i === binCount - 1 ? most : least + (i + 1) * width,
        count: values.length,
        mean: mean(values),
        standardDeviation: standardDeviation(values),
      },
    ];
  });
}

function standardDeviation(values: Float64Array): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function checkBinCount(binCount: number, min: number): void {
  if (Number.isInteger(binCount) && binCount >= min && binCount <= 1000) return;
  throw new LearnError(
    'PARAMETER_INVALID',
    `binCount is ${binCount}: expected a whole number from ${min} to 1000`,
  );
}
