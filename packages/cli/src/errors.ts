// The errors of the command line itself; what the server refuses comes with the server's own code.

const exitCodes = {
  USAGE: 2,
  DATABASE_ADDRESS_INVALID: 2,
  FILE_NOT_FOUND: 1,
  FILE_INVALID: 1,
  NOT_CONNECTED: 1,
  NOT_SIGNED_IN: 1,
  SIGN_IN_EXPIRED: 1,
  CREDENTIALS_INVALID: 1,
  PROJECT_NAME_INVALID: 1,
  DIRECTORY_INVALID: 1,
  DIRECTORY_NOT_EMPTY: 1,
  PROJECT_INCOMPLETE: 1,
  JOB_NOT_COMPLETED: 1,
  BUILD_NOT_SUCCEEDED: 1,
  BUILD_WAITS: 1,
  MODEL_NOT_FOUND: 1,
  PIPELINE_NOT_FOUND: 1,
  PIPELINE_NOT_UNIQUE: 1,
  MODEL_EXISTS: 1,
  ENDPOINT_NOT_READY: 1,
  SMOKE_TEST_FAILED: 1,
  WEBHOOK_TEST_FAILED: 1,
  OUTPUT_EXISTS: 1,
  AGENT_FOLDER_TAKEN: 1,
  AGENT_FILE_INVALID: 1,
} as const;

export type CliErrorCode = keyof typeof exitCodes;

export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly exitCode: number;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
    this.exitCode = exitCodes[code];
  }
}
