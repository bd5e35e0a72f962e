// What goes wrong in a call, in the words and exit codes of the Azure CLI: 1 failed, 2 wrong words,
// 3 not there.

const exitCodes = {
  AZ_NOT_ANSWERED: 2,
  AZ_USAGE: 2,
  AZ_FAILED: 1,
  AZ_NOT_FOUND: 3,
  AZ_NOT_SIGNED_IN: 1,
  AZ_FILE_INVALID: 1,
  AZ_SCRIPT_NOT_SERVED: 1,
  AZ_REAL_NOT_FOUND: 127,
} as const;

export type AzErrorCode = keyof typeof exitCodes;

export class AzError extends Error {
  readonly code: AzErrorCode;
  readonly exitCode: number;

  constructor(code: AzErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AzError';
    this.code = code;
    this.exitCode = exitCodes[code];
  }
}
