// The one error of this package. What the server answered keeps the server's own code and status;
// the table names what the client itself finds.

const statusByCode = {
  /** No address or token was given. */
  CLIENT_NOT_CONFIGURED: 400,
  /** The server's address is not an http or https URL. */
  SERVER_URL_INVALID: 400,
  /** A name or path that cannot stand in a URL, or that leaves its folder. */
  PATH_NOT_ALLOWED: 400,
  /** A code folder holds a link, which a snapshot cannot keep. */
  CODE_LINK_NOT_ALLOWED: 400,
  /** Nothing is left of a code folder once its ignore file is followed. */
  CODE_FOLDER_EMPTY: 400,
  LOCAL_PATH_NOT_FOUND: 404,
  /** The server gave no token: the reason is in the message. */
  SIGN_IN_FAILED: 401,
  /** A run that belongs to no job has no job to cancel. */
  NOT_IN_A_JOB: 409,
  /** The server closed the connection before its answer was whole. */
  CONNECTION_LOST: 502,
  /** What answered does not speak the API. */
  ANSWER_NOT_UNDERSTOOD: 502,
  /** Nothing listens at the address; the request was never sent. */
  CONNECTION_REFUSED: 503,
  /** The address cannot be reached at all: no such host, no such route. */
  SERVER_UNREACHABLE: 503,
  /** What was waited for did not happen in the time given. */
  WAIT_TIMEOUT: 504,
} as const;

export type ClientErrorCode = keyof typeof statusByCode;

export interface ApiErrorFields {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** What the server adds to its message, e.g. the diagnostics of a YAML. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** A call that failed, with a stable `code`, an HTTP `status`, and a message for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(fields: ApiErrorFields) {
    super(fields.message, fields.cause === undefined ? {} : { cause: fields.cause });
    this.code = fields.code;
    this.status = fields.status;
    this.details = fields.details ?? null;
  }
}

/** An error that the client itself found. */
export function clientError(code: ClientErrorCode, message: string, cause?: unknown): ApiError {
  return new ApiError({ code, status: statusByCode[code], message, cause });
}

/** True where `error` came from here or from the server with that code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}
