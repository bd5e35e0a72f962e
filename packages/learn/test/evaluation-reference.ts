// The reference values of metrics, folds, curves and inspection in testdata, typed.

import { readFileSync } from 'node:fs';
import type { Label } from '../src/index.ts';

type Shown = number | 'NaN' | 'Infinity' | '-Infinity';

export interface ClassificationCase {
  readonly name: string;
  readonly labels: readonly Label[];
  readonly probabilities: readonly (readonly number[])[];
  readonly classes: readonly Label[];
  readonly weights: readonly number[] | null;
  readonly positiveLabel: Label | null;
  readonly values: Readonly<Record<string, Shown>>;
}

export interface NumberCase {
  readonly name: string;
  readonly yTrue: readonly number[];
  readonly yPred: readonly number[];
  readonly trainRange: readonly [number, number] | null;
  readonly values: Readonly<Record<string, Shown>>;
}

export interface FoldCase {
  readonly splitter: string;
  readonly n?: number;
  readonly labels?: readonly Label[];
  readonly groups?: readonly Label[];
  readonly nSplits?: number;
  readonly nRepeats?: number;
  readonly testSize?: number;
  readonly options?: Readonly<Record<string, number>>;
  readonly randomState?: number | null;
  /** Null where scikit-learn refuses. */
  readonly folds:
    | readonly { readonly train: readonly number[]; readonly test: readonly number[] }[]
    | null;
}

export interface CurveCase {
  readonly name: string;
  readonly positives: readonly number[];
  readonly scores: readonly number[];
  readonly weights: readonly number[] | null;
  /** False positive rate, true positive rate, thresholds. */
  readonly roc: readonly (readonly Shown[])[];
  readonly rocAll: readonly (readonly Shown[])[];
  /** Precision, recall, thresholds. */
  readonly precisionRecall: readonly (readonly Shown[])[];
  /** Observed, predicted. */
  readonly calibration: Partial<
    Record<'uniform' | 'quantile', readonly [readonly number[], readonly number[]]>
  >;
}

export interface InspectionReference {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly shap: readonly (readonly number[])[];
  readonly shapBase: number;
  readonly importances: readonly {
    readonly randomState: number;
    readonly nRepeats: number;
    readonly values: readonly (readonly number[])[];
    readonly mean: readonly number[];
    readonly standardDeviation: readonly number[];
  }[];
  readonly dependences: readonly {
    readonly column: number;
    readonly gridResolution: number;
    readonly percentiles: readonly [number, number];
    readonly grid: readonly number[];
    readonly average: readonly number[];
  }[];
}

function read(name: string) {
  return JSON.parse(readFileSync(new URL(`../testdata/${name}`, import.meta.url), 'utf8'));
}

const classification = read('classification.json');
export const classificationCases: readonly ClassificationCase[] = classification.cases;
export const numberCases: readonly NumberCase[] = classification.numbers;
export const foldCases: readonly FoldCase[] = read('folds.json').cases;
export const curveCases: readonly CurveCase[] = read('curves.json').cases;
export const inspection: InspectionReference = read('inspection.json');

/** JSON has no NaN and no infinity. */
export function numberOf(shown: Shown): number {
  return Number(shown);
}
