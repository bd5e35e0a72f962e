// The checks that take their time: somebody who says yes, and the doors that open.
import { setTimeout as delay } from 'node:timers/promises';
import { decideChecks } from '../check/decide-checks.ts';
import type { ApprovalCheck, BusinessHours } from '../check/environment-check.ts';
import type { CheckStage } from '../orchestrate/action.ts';
import {
  type Asked,
  aborted,
  approved,
  type CheckClock,
  type CheckSurroundings,
  type Passage,
  timeoutOf,
  tooLate,
} from './passage.ts';

export async function waitForCheck(
  { environment, check }: Asked,
  action: CheckStage,
  around: CheckSurroundings,
  signal: AbortSignal,
): Promise<Passage> {
  if (check.type === 'approval') return approval({ environment, check }, action, around, signal);
  if (check.type === 'businessHours') return hours({ environment, check }, around, signal);
  // Both hold people back from a shared environment; there is none of those here.
  if (check.type === 'requiredTemplate' || check.type === 'invokeRestApi')
    around.note(`The check ${check.type} of ${environment} is not made on this machine`);
  return approved;
}

/** Whoever sits here speaks for all that the check names: there is nobody else on this machine. */
async function approval(
  { environment, check }: Asked<ApprovalCheck>,
  { stage }: CheckStage,
  { ask, note }: CheckSurroundings,
  signal: AbortSignal,
): Promise<Passage> {
  const timeout = timeoutOf(check);
  const { instructions, approvers } = check;
  const question = { kind: 'approval', stage: stage.id, about: [environment] } as const;
  const either = AbortSignal.any([signal, timeout]);
  const { isApproved, by } = await ask({ ...question, instructions, approvers }, either);
  if (signal.aborted) return aborted;
  if (timeout.aborted) return tooLate(`Nobody has approved the deployment to ${environment}`);
  const what = `The deployment to ${environment} was ${isApproved ? 'approved' : 'rejected'} by ${by}`;
  if (!isApproved) return { answer: 'rejected', reason: what };
  note(what);
  return approved;
}

async function hours(
  { environment, check }: Asked<BusinessHours>,
  { note, clock = systemClock }: CheckSurroundings,
  signal: AbortSignal,
): Promise<Passage> {
  const askedAt = clock.now();
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const now = clock.now();
    const verdict = decideChecks([check], { branch: '', now, askedAt, answers: [] });
    if (verdict.status === 'passed') return approved;
    if (verdict.status === 'rejected') return tooLate(`${environment} had no business hours`);
    if (isFirst) note(`The deployment to ${environment} waits for ${verdict.waitsFor.join(', ')}`);
    await clock.sleep(Math.max(verdict.lookAgainAt - now, 0), signal);
  }
  return aborted;
}

const systemClock: CheckClock = {
  now: Date.now,
  sleep: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
