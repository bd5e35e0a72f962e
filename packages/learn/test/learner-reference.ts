// The reference values of testdata/learners.json, typed.

import { readFileSync } from 'node:fs';
import { type Matrix, matrixFromRows } from '../src/index.ts';

type Rows = readonly (readonly number[])[];

export interface PenalisedFit {
  readonly data: string;
  readonly weighted: boolean;
  readonly alpha: number;
  /** Null for Lasso. */
  readonly l1Ratio: number | null;
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export interface LogisticFit {
  readonly data: string;
  readonly weighted: boolean;
  readonly classCount: number;
  readonly labels: readonly number[];
  readonly penalty: 'l1' | 'l2' | 'elasticnet';
  readonly C: number;
  readonly l1Ratio: number;
  readonly probabilities: Rows;
  readonly coefficients: Rows;
  readonly intercepts: readonly number[];
}

export interface NeighborCase {
  readonly data: string;
  readonly query: Rows;
  readonly labels: readonly number[];
  readonly nNeighbors: number;
  readonly weights: 'uniform' | 'distance';
  readonly predictions: readonly number[];
  readonly probabilities: Rows;
}

export type NaiveCase = { readonly weighted: boolean; readonly values: readonly number[] } & (
  | {
      readonly kind: 'regressor';
      readonly strategy: 'mean' | 'quantile';
      readonly quantile: number;
    }
  | {
      readonly kind: 'classifier';
      readonly strategy: 'prior' | 'most_frequent';
      readonly labels: readonly number[];
    }
);

export interface NetworkCase {
  readonly activation: 'relu' | 'tanh';
  /** 1 for a regression. */
  readonly classCount: number;
  readonly layers: readonly { readonly weights: Rows; readonly biases: readonly number[] }[];
  readonly outputs: readonly (number | readonly number[])[];
}

interface Content {
  readonly data: Readonly<Record<string, { readonly x: Rows; readonly y: readonly number[] }>>;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly penalised: readonly PenalisedFit[];
  readonly logistic: readonly LogisticFit[];
  readonly neighbors: readonly NeighborCase[];
  readonly naive: readonly NaiveCase[];
  readonly networks: readonly NetworkCase[];
  readonly networkQuality: {
    readonly x: Rows;
    readonly y: readonly number[];
    readonly trainRows: number;
    readonly r2: number;
  };
}

const url = new URL('../testdata/learners.json', import.meta.url);
export const learnerReference = JSON.parse(readFileSync(url, 'utf8')) as Content;

/** The data set of that name, with its weights if they are asked for. */
export function referenceData(
  name: string,
  weighted = false,
): { x: Matrix; y: readonly number[]; options: { sampleWeight?: readonly number[] } } {
  const { x, y } = learnerReference.data[name];
  const options = weighted ? { sampleWeight: learnerReference.weights[name] } : {};
  return { x: matrixFromRows(x), y, options };
}
