// What a person can get wrong about a local run, each kind with a stable code. Mistakes in the
// pipeline itself are diagnostics and not these.

export type LocalRunErrorCode =
  | 'RUN_NOT_FOUND'
  | 'RUN_STILL_GOES'
  | 'RUN_NOTHING_FAILED'
  | 'RUN_DAMAGED'
  | 'PART_NOT_FOUND'
  | 'SETTINGS_INVALID'
  | 'FILE_NOT_FOUND'
  | 'FILE_NOT_READ'
  | 'RUNS_FOLDER_UNUSABLE'
  | 'KEY_UNUSABLE'
  | 'REPOSITORY_NOT_READ'
  | 'GIT_FAILED';

export class LocalRunError extends Error {
  readonly code: LocalRunErrorCode;

  constructor(code: LocalRunErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalRunError';
    this.code = code;
  }
}
