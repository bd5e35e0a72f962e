// Every error of this package that a user can cause, with its HTTP status. What goes wrong inside
// the numerics without the user's doing is an ordinary Error and stays out of this table.

const statusByCode = {
  PARAMETER_UNKNOWN: 400,
  PARAMETER_INVALID: 400,
  DATA_EMPTY: 400,
  DATA_RAGGED: 400,
  DATA_NOT_FINITE: 400,
  DATA_OUT_OF_RANGE: 400,
  DATA_ONE_CLASS: 400,
  DATA_LABEL_INVALID: 400,
  DATA_TYPE_MISMATCH: 400,
  DATA_NO_FEATURES: 400,
  DATA_SERIES_INVALID: 400,
  SHAPE_MISMATCH: 400,
  SPLIT_IMPOSSIBLE: 400,
  ESTIMATOR_UNKNOWN: 400,
  TRANSFORMER_UNKNOWN: 400,
  METRIC_UNKNOWN: 400,
  MODEL_NOT_NUMERIC: 400,
  MODEL_NOT_FOUND: 404,
  MODEL_EXISTS: 409,
  MODEL_TOO_LARGE: 413,
  MODEL_INVALID: 422,
  MODEL_FLAVOR_NOT_SUPPORTED: 422,
  MODEL_FORMAT_NOT_SUPPORTED: 422,
  MODEL_ESTIMATOR_UNKNOWN: 422,
} as const;

export type LearnErrorCode = keyof typeof statusByCode;

/** A mistake in the data, the parameters or the files that a caller gave. */
export class LearnError extends Error {
  override readonly name = 'LearnError';
  readonly code: LearnErrorCode;
  /** The HTTP status that a server answers with. */
  readonly status: number;

  constructor(code: LearnErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = statusByCode[code];
  }
}
