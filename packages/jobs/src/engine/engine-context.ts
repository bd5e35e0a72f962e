// What all parts of the engine share: the workspace, the store, the slots and the limits.
import type { Workspace } from '@ridgeline/workspace';
import type { JobStore } from '../job/job-store.ts';
import type { StepQueue } from '../queue/step-queue.ts';
import type { ReuseStore } from '../reuse/reuse-store.ts';
import type { StepRunner } from '../runner/step-runner.ts';

export interface EngineLimits {
  /** How many steps run at once on the local compute; null for what the workspace says of it. */
  readonly slots: number | null;
  /** From SIGTERM to SIGKILL when a step is stopped; default 10,000. */
  readonly killGraceMs: number;
  /** How long a step that cancelled its own job may go on to end by itself; default 10,000. */
  readonly selfCancelGraceMs: number;
  /** The size at which a step's log ends the step, and at most so much of it is kept; default 256 MiB. */
  readonly maxLogBytes: number;
  /** How much a step may write into its folder before it is ended for it; default 64 GiB. */
  readonly maxStepBytes: number;
  /** How often a step is started again that was lost with its server; default 5 attempts in all. */
  readonly maxAttempts: number;
  /** How often a sweep looks at the metrics of trials that run, and at its time; default 2,000. */
  readonly sweepPollMs: number;
  /**
   * When a job goes on whose work was broken off by a full disk or a database that was away; default
   * 5,000, and more while that lasts.
   */
  readonly resumePauseMs: number;
}

export interface EngineContext {
  readonly workspace: Workspace;
  readonly store: JobStore;
  readonly queue: StepQueue;
  readonly reuse: ReuseStore;
  /** By the kind of compute. */
  readonly runners: ReadonlyMap<string, StepRunner>;
  readonly limits: EngineLimits;
  /** The server's address as a step reaches it. */
  readonly trackingUrl: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
