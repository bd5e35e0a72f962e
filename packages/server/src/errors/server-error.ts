// The errors that a caller of the HTTP API, or who starts a server, can cause and that no package
// below knows of.

const statusByCode = {
  INVALID_PARAMETER_VALUE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  HOST_NOT_ALLOWED: 403,
  ROUTE_NOT_FOUND: 404,
  ISSUER_UNAVAILABLE: 503,
  ENGINES_ELSEWHERE: 503,
  DISK_FULL: 507,
  WORKSPACE_NOT_FOUND: 404,
  REQUEST_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_STREAMS: 429,
  NOT_IMPLEMENTED: 501,
  // Of starting: nobody has asked anything over HTTP yet.
  PUBLIC_URL_INVALID: 500,
  PORT_INVALID: 500,
  PORT_IN_USE: 500,
  PORT_NOT_PERMITTED: 500,
  ADDRESS_NOT_AVAILABLE: 500,
} as const;

export type ServerErrorCode = keyof typeof statusByCode;

/** `message` names the thing, the value, what was expected and what to do; never a secret. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  /** The HTTP status that belongs to `code`. */
  readonly status: number;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
    this.code = code;
    this.status = statusByCode[code];
  }
}

/** All codes, so that documents and tests can be kept in step with the table. */
export const serverErrorCodes = Object.keys(statusByCode) as readonly ServerErrorCode[];
