// The error of this project's own code: something that its user can put right.

export type ProjectErrorCode =
  | 'FLAG_MISSING'
  | 'METRICS_INVALID'
  | 'METRIC_NOT_FOUND'
  | 'MODEL_HAS_NO_RUN'
  | 'SERVICE_NOT_READY';

export class ProjectError extends Error {
  override readonly name = 'ProjectError';
  readonly code: ProjectErrorCode;

  constructor(code: ProjectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
