// The error of this project's own code: something that its user can put right.

export type ProjectErrorCode =
  | 'FLAG_MISSING'
  | 'PARAMETERS_INVALID'
  | 'MODEL_HAS_NO_RUN'
  | 'MODEL_NOT_REGISTERED'
  | 'MODEL_NOT_FOUND'
  | 'SCORING_FAILED'
  | 'CANARY_FAILED'
  | 'SMOKE_TEST_FAILED';

export class ProjectError extends Error {
  override readonly name = 'ProjectError';
  readonly code: ProjectErrorCode;

  constructor(code: ProjectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
