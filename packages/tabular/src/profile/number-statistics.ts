// Statistics of one array of numbers. Knows nothing of tables; NaN means missing and is left out.

/** Quantiles that a profile holds, as probabilities. */
export const quantileProbabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

export interface NumberStatistics {
  readonly distinctCount: number;
  /** Values that are +Infinity or -Infinity; all figures below leave them out. */
  readonly infiniteCount: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the sample (divisor n - 1); null for fewer than two values. */
  readonly standardDeviation: number | null;
  /** By probability written as text, linear between neighbours (Hyndman and Fan's type 7). */
  readonly quantiles: Readonly<Record<string, number>>;
}

/** Figures of the present values; null where there is no value to tell from. */
export function numberStatistics(values: Float64Array): NumberStatistics {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const finite = present.filter((value) => Number.isFinite(value));
  const mean = finite.length === 0 ? null : meanOf(finite);
  return {
    distinctCount: countDistinct(present),
    infiniteCount: present.length - finite.length,
    min: finite[0] ?? null,
    max: finite.at(-1) ?? null,
    mean: finiteOrNull(mean),
    standardDeviation: finiteOrNull(mean === null ? null : standardDeviationOf(finite, mean)),
    quantiles: quantilesOf(finite),
  };
}

/** The mean, corrected once by the mean of the residuals, which takes out the rounding of the sum. */
function meanOf(values: Float64Array): number {
  const estimate = values.reduce((sum, value) => sum + value, 0) / values.length;
  const residual = values.reduce((sum, value) => sum + (value - estimate), 0) / values.length;
  return estimate + residual;
}

function standardDeviationOf(values: Float64Array, mean: number): number | null {
  if (values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function countDistinct(sorted: Float64Array): number {
  let count = 0;
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) count++;
  }
  return count;
}

function quantilesOf(sorted: Float64Array): Record<string, number> {
  if (sorted.length === 0) return {};
  return Object.fromEntries(
    quantileProbabilities.map((probability) => [`${probability}`, quantile(sorted, probability)]),
  );
}

function quantile(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  const share = position - Math.floor(position);
  // Each operation keeps the order of its operands, so that rounding never puts a later quantile
  // before an earlier one. Half the difference, added twice, where the whole would overflow.
  const difference = above - below;
  const half = (above / 2 - below / 2) * share;
  const value = Number.isFinite(difference) ? below + difference * share : below + half + half;
  return Math.min(value, above);
}

/** A sum of huge values may overflow; JSON has no infinity, so such a figure is unknown. */
function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
