// What a host can do wrong: name what is not there, answer what was not asked. What is wrong in a
// pipeline is never thrown; it ends the job or stage as failed, with a mistake.

const statuses = {
  STAGE_UNKNOWN: 404,
  STAGE_NOT_SKIPPABLE: 409,
  JOB_RUN_NOT_RUNNING: 409,
  SNAPSHOT_MISMATCH: 409,
} as const;

export type OrchestrateErrorCode = keyof typeof statuses;

export class OrchestrateError extends Error {
  readonly code: OrchestrateErrorCode;
  readonly status: number;

  constructor(code: OrchestrateErrorCode, message: string) {
    super(message);
    this.name = 'OrchestrateError';
    this.code = code;
    this.status = statuses[code];
  }
}
