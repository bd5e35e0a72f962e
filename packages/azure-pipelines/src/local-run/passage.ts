// What the checks in front of a stage have to do with, and how each of them comes out.
import type { EnvironmentCheck } from '../check/environment-check.ts';
import type { CheckAnswer } from '../orchestrate/orchestrator.ts';
import type { LocalEnvironments } from './environments-file.ts';
import type { Ask } from './local-run-listener.ts';
import type { StageLocks } from './stage-locks.ts';

export interface CheckSurroundings {
  readonly environments: LocalEnvironments;
  readonly branch: string;
  readonly definitionName: string;
  readonly ask: Ask;
  readonly locks: Pick<StageLocks, 'take'>;
  readonly note: (text: string) => void;
  readonly clock?: CheckClock;
}

export interface CheckClock {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface Passage {
  /** `superseded`: a later run wants the same lock. `aborted`: the question is void. */
  readonly answer: CheckAnswer | 'superseded' | 'aborted';
  /** Why it is not approved; empty where it is, or where nobody needs to hear of it. */
  readonly reason: string;
}

export interface Asked<C extends EnvironmentCheck = EnvironmentCheck> {
  readonly environment: string;
  readonly check: C;
}

export const approved: Passage = { answer: 'approved', reason: '' };
export const aborted: Passage = { answer: 'aborted', reason: '' };

const minuteMs = 60_000;
/** A timer counts up to 24 days, and approvals wait for 30. */
const longestWaitMs = 2_000_000_000;

export function tooLate(what: string): Passage {
  return { answer: 'timedOut', reason: `${what} in time` };
}

export function timeoutOf({ timeoutMinutes }: { readonly timeoutMinutes: number }): AbortSignal {
  return AbortSignal.timeout(Math.min(timeoutMinutes * minuteMs, longestWaitMs));
}
