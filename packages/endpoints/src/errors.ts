// The errors that a user of endpoints can cause, each with its stable code and HTTP status.
// The gateway answers callers of a scoring address with the same table.

const statusByCode = {
  ENDPOINT_NAME_INVALID: 400,
  ENDPOINT_NAME_IN_USE: 409,
  ENDPOINT_NOT_FOUND: 404,
  ENDPOINT_BEING_DELETED: 409,
  ENDPOINT_SPEC_INVALID: 400,
  DEPLOYMENT_NAME_INVALID: 400,
  DEPLOYMENT_NOT_FOUND: 404,
  MODEL_REFERENCE_INVALID: 400,
  MODEL_VERSION_NOT_FOUND: 404,
  SCORING_SCRIPT_NOT_FOUND: 400,
  SCORING_SCRIPT_OUTSIDE_CODE: 400,
  ENVIRONMENT_VARIABLE_INVALID: 400,
  KEY_TYPE_INVALID: 400,
  KEY_MISSING: 401,
  KEY_WRONG: 401,
  REQUEST_INVALID: 400,
  REQUEST_TIMEOUT: 408,
  REQUEST_CANCELED: 499,
  DEPLOYMENT_NOT_READY: 503,
  DEPLOYMENT_WAITING: 503,
  DEPLOYMENT_START_FAILED: 500,
  DEPLOYMENT_CRASH_LOOP: 503,
  INSTANCE_GONE: 502,
  ENDPOINT_MANAGER_STOPPED: 503,
} as const;

export type EndpointErrorCode = keyof typeof statusByCode;

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  readonly code: EndpointErrorCode;
  readonly status: number;

  constructor(code: EndpointErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = statusByCode[code];
  }
}
