// What a model folder says of its model, beside the model itself.

/** MLflow's names of the column types that a model can take and give. */
export const signatureColumnTypes = [
  'double',
  'float',
  'long',
  'integer',
  'boolean',
  'string',
  'datetime',
] as const;

export type SignatureColumnType = (typeof signatureColumnTypes)[number];

export interface SignatureColumn {
  readonly name: string;
  readonly type: SignatureColumnType;
  /** Whether every row must have a value. */
  readonly required: boolean;
}

export interface ModelSignature {
  /** The raw columns, in the order in which rows are given. */
  readonly inputs: readonly SignatureColumn[];
  /** The one number of a regression; the label and the probabilities of a classification. */
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
  /** Name of the learner, such as `Ridge`. */
  readonly estimator: string;
  /** Version of the flavor that wrote the folder, such as `0.1.0`. */
  readonly flavorVersion: string;
  readonly signature: ModelSignature;
  /** The file of the input example, within the folder, if there is one. */
  readonly inputExampleFile: string | null;
  /** The file of the ONNX flavor, within the folder, if the model has one. */
  readonly onnxFile: string | null;
  /** Why there is no ONNX flavor, where there is none and the writer has said it. */
  readonly onnxNote: string | null;
}

export const modelFileName = 'model.json';
export const mlmodelFileName = 'MLmodel';
export const onnxFileName = 'model.onnx';
export const inputExampleFileName = 'input_example.json';

/** This package's version, recorded in each folder as the flavor's. */
export const flavorVersion = '0.1.0';

/** Versions of the layout of model.json: 1 a linear model alone, 2 from raw columns on, 3 a forecast. */
export const linearFormatVersion = 1;
export const tabularFormatVersion = 2;
export const forecastFormatVersion = 3;

/** What MLmodel names as the estimator of a forecast. */
export const forecastEstimator = 'ForecastModel';

/** The most bytes that model.json may have; more is neither written nor read. */
export const modelLimitBytes = 256 * 1024 * 1024;
