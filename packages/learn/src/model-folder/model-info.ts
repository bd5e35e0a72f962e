// What a model folder says of its model, beside the model itself.

import type { LinearEstimatorName } from '../linear/linear-parameters.ts';

/** MLflow's names of the column types that a linear model can take. */
export const numericColumnTypes = ['double', 'float', 'long', 'integer', 'boolean'] as const;

export type NumericColumnType = (typeof numericColumnTypes)[number];

export interface SignatureColumn {
  readonly name: string;
  readonly type: NumericColumnType;
}

export interface ModelSignature {
  /** The feature columns, in the order in which `predict` takes them. */
  readonly inputs: readonly SignatureColumn[];
  /** The one column that is predicted. */
  readonly outputs: readonly SignatureColumn[];
}

export interface ModelInfo {
  /** 32 hexadecimal digits, new at each save. */
  readonly uuid: string;
  /** UTC ISO time of the save. */
  readonly createdAt: string;
  /** The run that made the model, if it was told. */
  readonly runId: string | null;
  /** Where in the run's artifacts the model is, if it was told. */
  readonly artifactPath: string | null;
  readonly estimator: LinearEstimatorName;
  /** Version of the flavor that wrote the folder, such as `0.1.0`. */
  readonly flavorVersion: string;
  readonly signature: ModelSignature;
  /** The file of the input example, within the folder, if there is one. */
  readonly inputExampleFile: string | null;
}

export const modelFileName = 'model.json';
export const mlmodelFileName = 'MLmodel';
export const inputExampleFileName = 'input_example.json';

/** This package's version, recorded in each folder as the flavor's. */
export const flavorVersion = '0.1.0';

/** Version of the layout of model.json; a reader refuses any other. */
export const modelFormatVersion = 1;
