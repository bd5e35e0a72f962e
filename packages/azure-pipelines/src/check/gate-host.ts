// What a host of stages does for the gate in front of each of them: it knows the checks of its
// environments, asks people and APIs, and keeps the locks. What is asked for when, pass-gate.ts says.
import type { ServerTaskHost } from '../task/server/server-task.ts';
import type { ApprovalCheck, EnvironmentCheck } from './environment-check.ts';
import type { ExtendedTemplate } from './extended-template.ts';

export interface GateHost {
  /** A ref, such as `refs/heads/main`. */
  readonly branch: string;
  readonly clock: GateClock;
  /** The lock of the stage itself, which it takes where it has a `lockBehavior` of its own. */
  readonly ownLock: string;
  /** With which APIs are asked. A host without it makes no such check, which the gate notes. */
  readonly serverTasks?: ServerTaskHost;
  checksOf(environment: string): Promise<readonly EnvironmentCheck[]>;
  /** What the pipeline extends. A host without it requires no template, which the gate notes. */
  extendedTemplate?(): Promise<ExtendedTemplate | undefined>;
  /** Ends when they have decided, when the check's time is up, or when the signal fires. */
  askPeople(asked: AskedCheck<ApprovalCheck>, signal: AbortSignal): Promise<PeopleAnswer>;
  /** All of them, for this stage. */
  takeLocks(names: readonly string[], signal: AbortSignal): Promise<LockAnswer>;
  /** Tells whoever looks on what the stage waits for. */
  note(text: string): void;
}

export interface GateClock {
  now(): number;
  /** Ends early, and well, when the signal fires. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface AskedCheck<C extends EnvironmentCheck = EnvironmentCheck> {
  readonly environment: string;
  readonly check: C;
}

export interface PeopleAnswer {
  readonly state: 'approved' | 'rejected' | 'timedOut' | 'canceled';
  /** Who has decided; empty where nobody has. */
  readonly by: string;
}

/** `superseded`: a later run wants one of them too. */
export type LockAnswer = 'held' | 'superseded' | 'aborted';
