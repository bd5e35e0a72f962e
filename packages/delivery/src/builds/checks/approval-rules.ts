// Who may decide on a question, how an answer is read, and what is said where none can be given.
import { type Approver, refusalOf } from '../../assets/environments/approver.ts';
import { DeliveryError } from '../../errors.ts';
import type { ApprovalDecision } from '../approval.ts';
import type { ApprovalRow } from '../store/build-store.ts';
import type { ApprovalAnswer, Vote } from './approval-question.ts';

/** Why this person may not decide; null where they may. */
export function refusal(row: ApprovalRow, by: Approver, requestedBy: string): string | null {
  const approvers = JSON.parse(row.approvers) as readonly string[];
  const check = {
    type: 'approval',
    approvers,
    minimumApprovers: row.minimum,
    inSequence: row.in_sequence === 1,
    allowSelfApproval: row.requester_can_approve === 1,
    instructions: row.instructions,
    timeoutMinutes: 0,
  } as const;
  return refusalOf(check, by, requestedBy) ?? turnRefusal(row, approvers, by);
}

/** In a sequence only the next one is asked. */
function turnRefusal(row: ApprovalRow, approvers: readonly string[], by: Approver): string | null {
  if (row.in_sequence === 0) return null;
  const decided = (JSON.parse(row.decisions) as readonly ApprovalDecision[]).map((one) => one.by);
  const next = approvers.find((name) => !decided.some((one) => isSame(one, name)));
  if (next === undefined || isSame(next, by.name)) return null;
  return `they approve one after the other, and it is the turn of ${next}`;
}

export function answerOf({ state, decisions }: ApprovalRow): ApprovalAnswer {
  const last = (JSON.parse(decisions) as readonly ApprovalDecision[]).at(-1);
  return {
    state: state as ApprovalAnswer['state'],
    by: last?.by ?? '',
    comment: last?.comment ?? '',
  };
}

export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function notWaiting({ buildId, stage }: Pick<Vote, 'buildId' | 'stage'>): DeliveryError {
  const message = `stage '${stage}' of build ${buildId} waits for nobody's decision; 'ridgeline build show ${buildId}' tells what it waits for`;
  return new DeliveryError('BUILD_NOT_WAITING', message);
}

export function notPermitted({ stage }: Vote, why: string): DeliveryError {
  return new DeliveryError('APPROVAL_NOT_PERMITTED', `stage '${stage}' was not decided on: ${why}`);
}
