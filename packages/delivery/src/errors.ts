// The errors that a user of delivery can cause, each with its HTTP status. What a build's own steps
// do wrong is not thrown: it stands in the build.

const statusByCode = {
  VARIABLE_GROUP_INVALID: 400,
  SERVICE_CONNECTION_INVALID: 400,
  DELIVERY_ENVIRONMENT_INVALID: 400,
  DELIVERY_PIPELINE_INVALID: 400,
  BUILD_INVALID: 400,
  REPOSITORY_NOT_READ: 400,
  VARIABLE_GROUP_NOT_PERMITTED: 403,
  SERVICE_CONNECTION_NOT_PERMITTED: 403,
  APPROVAL_NOT_PERMITTED: 403,
  VARIABLE_GROUP_NOT_FOUND: 404,
  SERVICE_CONNECTION_NOT_FOUND: 404,
  DELIVERY_ENVIRONMENT_NOT_FOUND: 404,
  DELIVERY_PIPELINE_NOT_FOUND: 404,
  BUILD_NOT_FOUND: 404,
  BUILD_LOG_NOT_FOUND: 404,
  BUILD_ARTIFACT_NOT_FOUND: 404,
  VARIABLE_GROUP_EXISTS: 409,
  SERVICE_CONNECTION_EXISTS: 409,
  SERVICE_CONNECTION_CHECK_FAILED: 409,
  DELIVERY_ENVIRONMENT_EXISTS: 409,
  DELIVERY_PIPELINE_EXISTS: 409,
  DELIVERY_PIPELINE_DISABLED: 409,
  DELIVERY_LIMIT_REACHED: 409,
  BUILD_ENDED: 409,
  BUILD_STILL_RUNS: 409,
  BUILD_NOTHING_FAILED: 409,
  BUILD_NOT_WAITING: 409,
  DELIVERY_SECRET_UNAVAILABLE: 502,
  BUILD_ENGINE_STOPPED: 503,
} as const;

export type DeliveryErrorCode = keyof typeof statusByCode;

/** `message` names the thing, the value, what was expected and what to do; never a secret. */
export class DeliveryError extends Error {
  readonly code: DeliveryErrorCode;
  readonly status: number;

  constructor(code: DeliveryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DeliveryError';
    this.code = code;
    this.status = statusByCode[code];
  }
}
