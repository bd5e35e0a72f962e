// The errors that a caller of this package's functions can cause. Mistakes in a YAML file are not
// errors but diagnostics (see diagnostic/), so that one run shows all of them.

const statusByCode = {
  ASSET_REFERENCE_INVALID: 400,
  COMMAND_EXPRESSION_UNSAFE: 400,
  COMMAND_VALUE_INVALID: 400,
  COMMAND_VALUE_MISSING: 400,
  EXPRESSION_NOT_ALLOWED: 400,
  EXPRESSION_SYNTAX_ERROR: 400,
  LOOP_ITEMS_INVALID: 400,
  PIPELINE_CYCLE: 400,
} as const;

export type AzureMlYamlErrorCode = keyof typeof statusByCode;

/** A mistake of the user, with a stable `code` and the HTTP `status` that a server answers with. */
export class AzureMlYamlError extends Error {
  readonly code: AzureMlYamlErrorCode;
  readonly status: number;

  constructor(code: AzureMlYamlErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AzureMlYamlError';
    this.code = code;
    this.status = statusByCode[code];
  }
}
