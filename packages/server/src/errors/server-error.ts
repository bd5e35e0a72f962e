// The errors that a caller of the HTTP API can cause and that no package below knows of.

const statusByCode = {
  INVALID_PARAMETER_VALUE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  HOST_NOT_ALLOWED: 403,
  ROUTE_NOT_FOUND: 404,
  REQUEST_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  PORT_IN_USE: 500,
  ADDRESS_NOT_AVAILABLE: 500,
} as const;

export type ServerErrorCode = keyof typeof statusByCode;

export class ServerError extends Error {
  readonly code: ServerErrorCode;
  readonly status: number;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
    this.code = code;
    this.status = statusByCode[code];
  }
}
