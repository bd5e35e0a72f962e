// How a gate answers for a stage, and how the answers of its checks come to one.
import type { CheckAnswer } from '../orchestrate/orchestrator.ts';

export interface GateAnswer {
  /** `superseded`: a later run has taken the turn at a lock. `aborted`: the question is void. */
  readonly answer: CheckAnswer | 'superseded' | 'aborted';
  /** Why it is not approved; empty where it is, or where nobody needs to hear of it. */
  readonly reason: string;
  /** Locks that the stage now holds. */
  readonly locks: readonly string[];
}

export const approved: GateAnswer = { answer: 'approved', reason: '', locks: [] };
export const aborted: GateAnswer = { answer: 'aborted', reason: '', locks: [] };

export function refused(
  answer: 'rejected' | 'timedOut' | 'superseded',
  reason: string,
): GateAnswer {
  return { answer, reason, locks: [] };
}

/** The first that does not approve ends the wait for the others. */
export async function allOf(
  waits: readonly ((over: AbortSignal) => Promise<GateAnswer>)[],
  signal: AbortSignal,
): Promise<GateAnswer> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  let decisive = approved;
  const all = waits.map(async (wait) => {
    const answer = await wait(either);
    if (answer.answer === 'approved' || over.signal.aborted) return;
    decisive = answer;
    over.abort();
  });
  await Promise.all(all);
  return decisive;
}
