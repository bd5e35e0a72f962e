// Every error of this package that a user can cause, with its HTTP status. What goes wrong inside
// the search without the user's doing is an ordinary Error and stays out of this table.

const statusByCode = {
  SETTING_UNKNOWN: 400,
  SETTING_INVALID: 400,
  METRIC_UNKNOWN: 400,
  LEARNER_UNKNOWN: 400,
  LEARNER_NONE_LEFT: 400,
  TASK_NOT_SUPPORTED: 400,
  COLUMN_NOT_FOUND: 400,
  TARGET_INVALID: 400,
  WEIGHT_INVALID: 400,
  DATA_TOO_SMALL: 400,
  DATA_NO_FEATURES: 400,
  DATA_INVALID: 400,
  SPLIT_INVALID: 400,
  NO_MODEL_FOUND: 422,
  PROGRAM_ARGUMENT_INVALID: 400,
  DEFINITION_INVALID: 400,
  OUTPUT_UNKNOWN: 400,
  OUTPUT_INVALID: 400,
  INPUT_NOT_FOUND: 400,
  INPUT_INVALID: 400,
  TRACKING_REFUSED: 400,
  TRACKING_UNREACHABLE: 503,
  CANCELLED: 409,
} as const;

export type AutoMLErrorCode = keyof typeof statusByCode;

/** A mistake in the data or the settings that a caller gave, or a search that found no model. */
export class AutoMLError extends Error {
  override readonly name = 'AutoMLError';
  readonly code: AutoMLErrorCode;
  /** The HTTP status that a server answers with. */
  readonly status: number;
  /** The column that the error is about; null where it is about none. */
  readonly column: string | null;

  constructor(
    code: AutoMLErrorCode,
    message: string,
    options: ErrorOptions & { readonly column?: string } = {},
  ) {
    super(message, options);
    this.code = code;
    this.status = statusByCode[code];
    this.column = options.column ?? null;
  }
}
