// The check that asks people, made whole: whom it asks, and how many of them have to agree.
import type { ApprovalCheck, CheckSpec } from './environment-check.ts';
import { checkNames, type Mistakes, maxNames } from './spec-mistakes.ts';

const maxInstructions = 5_000;
const dayMinutes = 24 * 60;

export function completeApproval(mistakes: Mistakes, spec: CheckSpec): ApprovalCheck {
  const { approvers = [], instructions = '' } = spec;
  const { allowSelfApproval = true, inSequence = false } = spec;
  // All who are named, as Azure DevOps asks for where it is told no number.
  const { minimumApprovers = Math.max(1, approvers.length) } = spec;
  checkNames(mistakes, 'approver', approvers);
  checkInstructions(mistakes, instructions);
  const most = approvers.length === 0 ? maxNames : approvers.length;
  if (!Number.isInteger(minimumApprovers) || minimumApprovers < 1 || minimumApprovers > most)
    mistakes.add(
      `minimumApprovers is ${minimumApprovers}; expected a whole number from 1 to ${most}`,
    );
  if (inSequence && (approvers.length < 2 || minimumApprovers < approvers.length))
    mistakes.add(
      'inSequence asks all who are named, one after the other; name at least two, and let minimumApprovers be',
    );
  const timeoutMinutes = spec.timeoutMinutes ?? 30 * dayMinutes;
  return {
    type: 'approval',
    approvers,
    minimumApprovers,
    ...(inSequence && { inSequence }),
    allowSelfApproval,
    instructions,
    timeoutMinutes,
  };
}

function checkInstructions(mistakes: Mistakes, text: string): void {
  if (!text.isWellFormed() || text.includes('\0'))
    mistakes.add('the instructions are no plain text');
  if (text.length > maxInstructions)
    mistakes.add(`the instructions are longer than ${maxInstructions} characters`);
}
