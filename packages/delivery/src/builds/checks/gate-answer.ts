// How a gate answers for a stage, and what it was asked.
import type { CheckAnswer, EnvironmentCheck } from '@ridgeline/azure-pipelines';

export interface GateAnswer {
  /** `superseded`: a later build has taken the turn at a lock. `aborted`: the question is void. */
  readonly answer: CheckAnswer | 'superseded' | 'aborted';
  readonly reason: string;
  /** Locks that the stage now holds. */
  readonly locks: readonly string[];
}

export interface Asked {
  readonly environment: string;
  readonly check: EnvironmentCheck;
}

export const approved: GateAnswer = { answer: 'approved', reason: '', locks: [] };

export function refused(answer: GateAnswer['answer'], reason: string): GateAnswer {
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
