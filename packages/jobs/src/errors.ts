// The errors that a user of the job engine can cause, each with its HTTP status.
// What a user's step itself does wrong is not thrown: it stands in the step's `error`.

const statusByCode = {
  JOB_DEFINITION_INVALID: 400,
  JOB_INPUT_INVALID: 400,
  JOB_UPLOAD_MISSING: 400,
  PIPELINE_INVALID: 400,
  SCHEDULE_INVALID: 400,
  COMPUTE_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  PIPELINE_DISABLED: 404,
  PIPELINE_ENDPOINT_DISABLED: 404,
  PIPELINE_ENDPOINT_NOT_FOUND: 404,
  PIPELINE_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  STEP_NOT_FOUND: 404,
  JOB_ALREADY_ENDED: 409,
  PIPELINE_ENDPOINT_EXISTS: 409,
  PIPELINE_VERSION_EXISTS: 409,
  SCHEDULE_ALREADY_EXISTS: 409,
  SCHEDULE_LIMIT_REACHED: 409,
  JOB_ENGINE_STOPPED: 503,
} as const;

export type JobErrorCode = keyof typeof statusByCode;

export class JobError extends Error {
  readonly code: JobErrorCode;
  readonly status: number;

  constructor(code: JobErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JobError';
    this.code = code;
    this.status = statusByCode[code];
  }
}
