// The errors that a user of the job engine can cause, each with its HTTP status.
// What a user's step itself does wrong is not thrown: it stands in the step's `error`.

const statusByCode = {
  JOB_DEFINITION_INVALID: 400,
  JOB_INPUT_INVALID: 400,
  JOB_OUTPUT_NOT_SUPPORTED: 400,
  JOB_UPLOAD_MISSING: 400,
  COMPUTE_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  STEP_NOT_FOUND: 404,
  JOB_ALREADY_ENDED: 409,
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
