// Gaussian process regression on the unit cube: Rasmussen and Williams, "Gaussian Processes for
// Machine Learning", 2006, algorithm 2.1, with the Matérn 5/2 kernel (4.17). The values are scaled
// to mean 0 and variance 1; the length scale is the one of a few that makes them most likely.

export interface Prediction {
  readonly mean: number;
  readonly deviation: number;
}

export interface GaussianProcess {
  predict(point: readonly number[]): Prediction;
}

const lengthScales = [0.1, 0.2, 0.4, 0.8, 1.6];
const noise = 1e-4;

/** @param points of one length each; not empty */
export function fitGaussianProcess(
  points: ReadonlyArray<readonly number[]>,
  values: readonly number[],
): GaussianProcess {
  const { mean, deviation, scaled } = standardize(values);
  const fits = lengthScales.map((lengthScale) => fit(points, scaled, lengthScale));
  const best = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
  return {
    predict(point) {
      const scaledPrediction = predict(best, points, point);
      return {
        mean: mean + deviation * scaledPrediction.mean,
        deviation: deviation * scaledPrediction.deviation,
      };
    },
  };
}

interface Fit {
  readonly lengthScale: number;
  /** The lower Cholesky factor of the kernel matrix, a row each. */
  readonly factor: readonly Float64Array[];
  readonly weights: Float64Array;
  readonly logLikelihood: number;
}

function fit(
  points: ReadonlyArray<readonly number[]>,
  values: Float64Array,
  lengthScale: number,
): Fit {
  const factor = cholesky(points, lengthScale);
  const weights = solveUpper(factor, solveLower(factor, values));
  let logLikelihood = 0;
  for (const [row, value] of values.entries()) {
    logLikelihood -= 0.5 * value * (weights[row] ?? 0) + Math.log(factor[row]?.[row] ?? 1);
  }
  return { lengthScale, factor, weights, logLikelihood };
}

function predict(
  { lengthScale, factor, weights }: Fit,
  points: ReadonlyArray<readonly number[]>,
  point: readonly number[],
): Prediction {
  const covariances = Float64Array.from(points, (known) => matern(known, point, lengthScale));
  const explained = solveLower(factor, covariances);
  const variance = 1 + noise - dot(explained, explained);
  return { mean: dot(covariances, weights), deviation: Math.sqrt(Math.max(variance, 1e-12)) };
}

function matern(a: readonly number[], b: readonly number[], lengthScale: number): number {
  let squared = 0;
  for (const [index, value] of a.entries()) squared += (value - (b[index] ?? 0)) ** 2;
  const distance = Math.sqrt(5 * squared) / lengthScale;
  return (1 + distance + (distance * distance) / 3) * Math.exp(-distance);
}

function cholesky(
  points: ReadonlyArray<readonly number[]>,
  lengthScale: number,
): readonly Float64Array[] {
  const factor: Float64Array[] = [];
  for (const [row, point] of points.entries()) {
    const line = new Float64Array(row + 1);
    for (let column = 0; column <= row; column += 1) {
      const above = factor[column] ?? line;
      let sum = matern(point, points[column] ?? point, lengthScale);
      if (column === row) sum += noise;
      for (let k = 0; k < column; k += 1) sum -= (line[k] ?? 0) * (above[k] ?? 0);
      line[column] = column === row ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (above[column] ?? 1);
    }
    factor.push(line);
  }
  return factor;
}

function solveLower(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = new Float64Array(right.length);
  for (const [row, line] of factor.entries()) {
    let sum = right[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (line[k] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (line[row] ?? 1);
  }
  return solution;
}

function solveUpper(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = Float64Array.from(right);
  for (let row = right.length - 1; row >= 0; row -= 1) {
    const line = factor[row] ?? right;
    solution[row] = (solution[row] ?? 0) / (line[row] ?? 1);
    for (let k = 0; k < row; k += 1) {
      solution[k] = (solution[k] ?? 0) - (line[k] ?? 0) * (solution[row] ?? 0);
    }
  }
  return solution;
}

function standardize(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance) || 1;
  return { mean, deviation, scaled: Float64Array.from(values, (v) => (v - mean) / deviation) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (const [index, value] of a.entries()) sum += value * (b[index] ?? 0);
  return sum;
}
