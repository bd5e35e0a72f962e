// The limits of an endpoint manager: all durations and sizes in one place, with their defaults.

export interface EndpointLimits {
  /** From a request's arrival to its answer's headers, then between its parts; past it 408. */
  readonly requestTimeoutMs: number;
  /** From the start of a scoring process to its ready message; past it the start has failed. */
  readonly startTimeoutMs: number;
  /** How long a replaced deployment may finish the requests that it has. */
  readonly drainTimeoutMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopGraceMs: number;
  /** Pause before the first restart of a crashed instance; doubles with each crash in a row. */
  readonly restartDelayMs: number;
  /** The longest such pause. */
  readonly maxRestartDelayMs: number;
  /** Crashes in a row that are followed by a restart; one more is a crash loop. At least 0. */
  readonly maxRestarts: number;
  /** Pause before a start is tried again that a passing fault has broken off; doubles up to a minute. */
  readonly resumePauseMs: number;
  /** An instance that was ready for so long has ended the row of crashes before it. */
  readonly stableAfterMs: number;
  /** Size of one log file of a deployment; there are at most two, the current and the one before. */
  readonly maxLogBytes: number;
  /** Concurrent connections to one instance; requests past it wait their turn. */
  readonly maxConnections: number;
}

export const defaultLimits: EndpointLimits = {
  requestTimeoutMs: 60_000,
  startTimeoutMs: 60_000,
  drainTimeoutMs: 60_000,
  stopGraceMs: 10_000,
  restartDelayMs: 250,
  maxRestartDelayMs: 10_000,
  maxRestarts: 5,
  resumePauseMs: 5_000,
  stableAfterMs: 60_000,
  maxLogBytes: 10_000_000,
  maxConnections: 128,
};
