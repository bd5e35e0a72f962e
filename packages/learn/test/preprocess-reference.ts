// The recorded values of scikit-learn's preprocessing, typed; null stands for a missing value.

import { readFileSync } from 'node:fs';

type Numbers = readonly (number | null)[];

export interface PreprocessReference {
  readonly x: readonly Numbers[];
  readonly new: readonly Numbers[];
  readonly numeric: readonly {
    readonly transformer: string;
    readonly parameters: object;
    readonly transformed: readonly Numbers[];
  }[];
  readonly codes: Numbers;
  readonly newCodes: Numbers;
  readonly oneHot: readonly {
    readonly parameters: object;
    readonly names: readonly string[];
    readonly transformed: readonly Numbers[];
  }[];
  readonly target: readonly {
    readonly name: string;
    readonly parameters: object;
    readonly y: readonly number[];
    readonly outOfFold: readonly Numbers[];
    readonly transformed: readonly Numbers[];
  }[];
  readonly sigmoid: {
    readonly probabilities: readonly number[];
    readonly labels: readonly number[];
    readonly a: number;
    readonly b: number;
  };
  readonly temperature: {
    readonly probabilities: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly temperature: number;
  };
  readonly normal: {
    readonly places: readonly number[];
    readonly quantiles: readonly number[];
    readonly deviates: readonly number[];
    readonly shares: readonly number[];
  };
}

const url = new URL('../testdata/preprocess.json', import.meta.url);

export const preprocessReference = JSON.parse(readFileSync(url, 'utf8')) as PreprocessReference;

/** Column `j` of rows, NaN for null. */
export function columnOf(rows: readonly Numbers[], j: number): Float64Array {
  return Float64Array.from(rows, (row) => row[j] ?? Number.NaN);
}

export function withNaN(values: Numbers): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}
