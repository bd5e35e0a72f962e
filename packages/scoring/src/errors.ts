// Every error that a user of this package can cause, by a stable code.
// Owns the table of codes and their HTTP statuses; what goes into an answer is server/failure.ts.

const statusByCode = {
  // Starting a server.
  SCORING_SETTING_INVALID: 400,
  SCORING_MODEL_FOLDER_NOT_FOUND: 404,
  SCORING_SCRIPT_NOT_FOUND: 404,
  SCORING_SCRIPT_IMPORT_FAILED: 400,
  SCORING_SCRIPT_RUN_MISSING: 400,
  SCORING_SCRIPT_INIT_INVALID: 400,
  SCORING_SCRIPT_INIT_FAILED: 400,
  SCORING_SCRIPT_SCHEMA_MISSING: 400,
  SCORING_SCRIPT_SCHEMA_INVALID: 400,
  SCORING_ADDRESS_NOT_AVAILABLE: 409,
  // Answering a request.
  REQUEST_BODY_INVALID: 400,
  REQUEST_SCORE_NOT_FINITE: 400,
  REQUEST_KEY_INVALID: 401,
  REQUEST_ROUTE_NOT_FOUND: 404,
  REQUEST_SWAGGER_VERSION_NOT_FOUND: 404,
  REQUEST_METHOD_NOT_ALLOWED: 405,
  REQUEST_BODY_TOO_LARGE: 413,
  REQUEST_MEDIA_TYPE_NOT_SUPPORTED: 415,
  REQUEST_ID_TOO_LONG: 431,
  SCORING_SCRIPT_RUN_FAILED: 500,
  SCORING_SCRIPT_TIMEOUT: 500,
  // Scoring a file.
  BATCH_ARGUMENT_INVALID: 400,
  BATCH_INPUT_HAS_SCORE: 400,
  BATCH_COLUMN_MISSING: 400,
  BATCH_OUTPUT_INVALID: 400,
  BATCH_ERROR_THRESHOLD_EXCEEDED: 422,
  BATCH_CANCELED: 409,
  // Running an entry script over mini-batches.
  PARALLEL_LANGUAGE_NOT_INSTALLED: 400,
  PARALLEL_RESULT_INVALID: 400,
  PARALLEL_ERROR_THRESHOLD_EXCEEDED: 422,
} as const;

export type ScoringErrorCode = keyof typeof statusByCode;

/** An error that a user can cause and mend; `status` is the HTTP status that fits it. */
export class ScoringError extends Error {
  readonly code: ScoringErrorCode;
  readonly status: number;

  constructor(code: ScoringErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ScoringError';
    this.code = code;
    this.status = statusByCode[code];
  }
}

/** Any error of ours, of this package or a lower one: a string `code` and a numeric `status`. */
interface CodedError extends Error {
  readonly code: string;
  readonly status: number;
}

function isCodedError(error: unknown): error is CodedError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'status' in error &&
    typeof error.status === 'number'
  );
}

/** The line that a process prints when it fails; an error that is a fault of ours has its trace. */
export function describeError(error: unknown): string {
  if (isCodedError(error)) return `error ${error.code}: ${error.message}`;
  return `error: ${traceOf(error)}`;
}

export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
