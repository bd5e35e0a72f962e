// Every error that a user of this package can cause: a stable code, an HTTP status and a message
// that says what was wrong, where, and what to do. Faults of our own are plain Errors.

const statusByCode = {
  COLUMN_HAS_MISSING_VALUES: 400,
  COLUMN_NOT_FOUND: 400,
  COLUMN_NOT_NUMERIC: 400,
  DATA_CHECK_FAILED: 400,
  DATA_FILE_EMPTY: 400,
  DATA_FILE_NOT_FOUND: 404,
  DATA_FILE_NOT_READABLE: 400,
  DATA_FORMAT_INVALID: 400,
  DATA_FORMAT_UNKNOWN: 400,
  DATA_HEADER_INVALID: 400,
  DATA_LIMIT_EXCEEDED: 413,
  DATA_OPTION_INVALID: 400,
  DATA_PATH_NOT_LOCAL: 400,
  DATA_ROW_INVALID: 400,
  TABLE_INVALID: 400,
} as const;

export type TabularErrorCode = keyof typeof statusByCode;

/** A user error: `code` is stable, `status` is the HTTP status that a server answers with. */
export class TabularError extends Error {
  readonly code: TabularErrorCode;
  readonly status: number;

  constructor(code: TabularErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TabularError';
    this.code = code;
    this.status = statusByCode[code];
  }
}
