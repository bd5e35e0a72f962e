// All that changes while a run goes on, as plain JSON: what a snapshot holds. Texts of jobs and
// values of variables are not in it; those are worked out again from the pipeline and the facts.

import type { HookRun } from './job-run.ts';
import type { Result } from './result.ts';

export interface RunState {
  /** Of the form; a snapshot of another one is refused. */
  readonly version: 1;
  canceling: 'no' | 'asked' | 'forced';
  /** `finished` has been given out. */
  reported: boolean;
  /** Values that counters gave in this run, by prefix in lower case. */
  readonly counters: [prefix: string, value: number][];
  /** In the order of the pipeline. */
  readonly stages: StageState[];
}

/** `awaitingStart`: for someone to start a manual stage. `checking`: for approvals and locks. */
export type StagePhase = 'pending' | 'awaitingStart' | 'checking' | 'running' | 'completed';

export interface StageState {
  readonly id: string;
  /** From 1. */
  attempt: number;
  phase: StagePhase;
  result: Result | null;
  /** What the host said of it while it waited, until that is acted on. */
  answer: StageAnswer | null;
  /** Left out by a person: what depends on it goes on. */
  bypassed: boolean;
  /** How its condition was evaluated. */
  trace: readonly string[];
  mistake: string | null;
  readonly jobs: JobState[];
}

export type StageAnswer = 'started' | 'leftOut' | 'approved' | 'rejected' | 'timedOut';

export interface JobState {
  readonly id: string;
  attempt: number;
  phase: 'pending' | 'running' | 'completed';
  result: Result | null;
  /** Its condition does not hold since the run was canceled: nothing more of it starts. */
  stopped: boolean;
  trace: readonly string[];
  mistake: string | null;
  /** How many may run at once; 0: all. */
  maxParallel: number;
  /** Its legs, slices or hooks once it has started; one with an empty key for a plain job. */
  instances: InstanceState[];
}

export interface InstanceState {
  /** `py39`, `job2`, `deploy_10`: unique in the job, letter case aside. */
  readonly key: string;
  attempt: number;
  phase: 'waiting' | 'running' | 'completed';
  result: Result | null;
  /** As settled when it started. */
  continueOnError: boolean;
  /** Its cancel has been given out. */
  cancelSent: boolean;
  /** From 1: among the legs or slices. */
  readonly position: number;
  readonly total: number;
  /** Of a matrix leg. */
  readonly variables: readonly [name: string, value: string][];
  readonly hook: HookState | null;
  outputs: readonly OutputState[];
}

export interface HookState extends HookRun {
  /** Machines of a rolling deployment each have a lane of hooks. */
  readonly lane: number;
  /** Lanes of one batch run side by side. */
  readonly batch: number;
}

export interface OutputState {
  /** `step.variable`. */
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
}
