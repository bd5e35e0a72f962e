// The reference values in testdata, typed, and the measure of agreement with them.

import { readFileSync } from 'node:fs';

export interface ReferenceFit {
  readonly estimator: 'LinearRegression' | 'Ridge';
  /** Null for LinearRegression. */
  readonly alpha: number | null;
  readonly fitIntercept: boolean;
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** The same fit in rational arithmetic, rounded once. */
  readonly exact?: { readonly coefficients: readonly number[]; readonly intercept: number };
}

export interface LinearCase {
  readonly name: string;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly fits: readonly ReferenceFit[];
}

export interface SplitCase {
  readonly n: number;
  readonly testSize: number;
  readonly randomState: number;
  /** Null where scikit-learn refuses. */
  readonly rows: { readonly train: readonly number[]; readonly test: readonly number[] } | null;
}

export interface MetricCase {
  readonly name: string;
  readonly yTrue: readonly number[];
  readonly yPred: readonly number[];
  readonly sampleWeight: readonly number[] | null;
  readonly values: Readonly<Record<string, number | 'NaN' | 'undefined'>>;
}

interface Permutation {
  readonly seed: number;
  readonly n: number;
}

export interface RandomReference {
  readonly words: readonly { readonly seed: number; readonly words: readonly number[] }[];
  readonly short: readonly (Permutation & { readonly values: readonly number[] })[];
  readonly long: readonly (Permutation & {
    readonly head: readonly number[];
    readonly checksum: number;
  })[];
  readonly successive: Permutation & { readonly values: readonly (readonly number[])[] };
}

export const linearCases = read<{ cases: LinearCase[] }>('linear').cases;
export const diabetes = read<LinearCase & { columnNames: string[] }>('diabetes');
export const splitCases = read<{ cases: SplitCase[] }>('split').cases;
export const metricCases = read<{ cases: MetricCase[] }>('metrics').cases;
export const randomReference = read<RandomReference>('random');

function read<Content>(name: string): Content {
  const url = new URL(`../testdata/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Content;
}

/** The largest difference between two vectors, relative to the largest value of the second. */
export function difference(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(...expected.map(Math.abs));
  const gap = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
  return gap === 0 ? 0 : gap / size;
}
