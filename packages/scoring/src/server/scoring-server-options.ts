// What a scoring server is told when it starts.

import type { ScoringLog } from './log.ts';

export interface ScoringServerOptions {
  /** The model's folder, in MLflow's format unless a script reads it itself. */
  readonly modelFolder: string;
  /** The title in `/swagger.json` where `serviceName` is not given. */
  readonly modelName?: string;
  /** The version in `/swagger.json`; default "1.0". */
  readonly modelVersion?: string;
  /** A user's scoring script; without one the model's own signature makes the contract. */
  readonly scriptPath?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 to 65535, 0 picks a free one; default 5001. */
  readonly port?: number;
  /** Keys that are let in; none (the default) lets everybody in. */
  readonly keys?: readonly string[];
  /** Default 104,857,600 (100 MB). */
  readonly bodyLimitBytes?: number;
  /** How long `run` may take; 1 to 2,147,483,647, default 3,600,000. */
  readonly scoringTimeoutMs?: number;
  /** How long a request may take to arrive; default 300,000. */
  readonly requestTimeoutMs?: number;
  /** The title in `/swagger.json`; default the model's name, else "ML service". */
  readonly serviceName?: string;
  /** What callers put before the paths, for `/swagger.json` only; default none. */
  readonly servicePathPrefix?: string;
  /** Default: lines on the process's stdout and stderr. */
  readonly log?: ScoringLog;
}
