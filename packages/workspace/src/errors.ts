// Every error of this package that a user can cause, with its HTTP status.
// Where MLflow has a code for it, the code is MLflow's; all other codes say what they are about.

const statusByCode = {
  // MLflow's own: experiments, runs, models
  RESOURCE_DOES_NOT_EXIST: 404,
  RESOURCE_ALREADY_EXISTS: 400,
  INVALID_PARAMETER_VALUE: 400,
  INVALID_STATE: 400,
  // database
  DATABASE_CANNOT_OPEN: 500,
  DATABASE_CORRUPT: 500,
  DATABASE_TOO_NEW: 409,
  DATABASE_BUSY: 503,
  DATABASE_UNREACHABLE: 503,
  DATABASE_ADDRESS_INVALID: 400,
  DATABASE_DISK_FULL: 507,
  MIGRATION_FAILED: 500,
  // workspace
  WORKSPACE_IN_USE: 409,
  WORKSPACE_CANNOT_OPEN: 500,
  WORKSPACE_FOLDER_INVALID: 409,
  // artifacts
  ARTIFACT_NOT_FOUND: 404,
  ARTIFACT_PATH_INVALID: 400,
  ARTIFACT_RANGE_INVALID: 416,
  ARTIFACT_ALREADY_EXISTS: 409,
  ARTIFACT_UPLOAD_INVALID: 400,
  ARTIFACT_UPLOAD_LIMIT_REACHED: 409,
  ARTIFACT_STORE_ADDRESS_INVALID: 400,
  ARTIFACT_STORE_REFUSED: 500,
  ARTIFACT_STORE_UNREACHABLE: 503,
  WEBHOOK_LIMIT_REACHED: 409,
  // datastores and data
  DATASTORE_NOT_FOUND: 404,
  DATASTORE_PATH_INVALID: 400,
  DATASTORE_FILE_NOT_FOUND: 404,
  DATASTORE_URI_INVALID: 400,
  DATASTORE_FOLDER_INVALID: 400,
  DATASTORE_FOLDER_MISSING: 409,
  DATASTORE_LIMIT_REACHED: 409,
  DATA_ASSET_NOT_FOUND: 404,
  DATA_ASSET_CHANGED: 409,
  DATA_PROFILE_NOT_FOUND: 404,
  ML_TABLE_INVALID: 400,
  // components
  COMPONENT_NOT_FOUND: 404,
  COMPONENT_INVALID: 400,
  // computes
  COMPUTE_NOT_FOUND: 404,
  COMPUTE_NAME_INVALID: 400,
  COMPUTE_BUILT_IN: 409,
  COMPUTE_LIMIT_REACHED: 409,
  // code and environments
  CODE_NOT_FOUND: 404,
  CODE_ARCHIVE_INVALID: 400,
  CODE_TOO_LARGE: 413,
  CODE_PATH_INVALID: 400,
  ENVIRONMENT_NOT_FOUND: 404,
  ENVIRONMENT_CANNOT_PREPARE: 500,
  ENVIRONMENT_INVALID: 400,
  ENVIRONMENT_LIMIT_REACHED: 409,
  ENVIRONMENT_NOT_RUNNABLE: 409,
  ENVIRONMENT_TOOL_MISSING: 409,
  // secrets and identity
  MEMBER_NOT_FOUND: 404,
  MEMBER_ALREADY_EXISTS: 409,
  TOKEN_NOT_FOUND: 404,
  TOKEN_NOT_ALLOWED: 403,
  CREDENTIAL_NOT_FOUND: 404,
  CREDENTIAL_INVALID: 400,
  INVITATION_INVALID: 400,
  ISSUER_NOT_FOUND: 404,
  ISSUER_ALREADY_EXISTS: 409,
  TENANT_NOT_FOUND: 404,
  IDENTITY_LIMIT_REACHED: 409,
  SECRET_NOT_FOUND: 404,
  SECRET_KEY_INVALID: 500,
  SECRET_KEY_MISSING: 500,
  SECRET_KEY_WRONG: 500,
} as const;

export type RidgelineErrorCode = keyof typeof statusByCode;

/**
 * An error that the caller can act on. `message` names the thing, the value, what was expected
 * and what to do next; it never holds a secret.
 */
export class RidgelineError extends Error {
  readonly code: RidgelineErrorCode;
  /** The HTTP status that belongs to `code`. */
  readonly status: number;

  constructor(code: RidgelineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RidgelineError';
    this.code = code;
    this.status = statusByCode[code];
  }
}

/** All codes, so that documents and tests can be kept in step with the table. */
export const ridgelineErrorCodes = Object.keys(statusByCode) as readonly RidgelineErrorCode[];
