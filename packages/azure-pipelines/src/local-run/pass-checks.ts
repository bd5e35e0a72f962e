// Whether a stage may go on: the checks of the environments that it deploys to, in the order of
// Azure DevOps. What holds at once comes first, then people and business hours side by side, and
// last the exclusive locks: to hold one while people think would keep others out.
import { decideChecks } from '../check/decide-checks.ts';
import type { ApprovalCheck, EnvironmentCheck } from '../check/environment-check.ts';
import type { CheckStage } from '../orchestrate/action.ts';
import type { LocalEnvironments } from './environments-file.ts';
import {
  type Asked,
  aborted,
  approved,
  type CheckSurroundings,
  type Passage,
  timeoutOf,
  tooLate,
} from './passage.ts';
import { waitForCheck } from './wait-for-check.ts';

export async function passChecks(
  action: CheckStage,
  around: CheckSurroundings,
  signal: AbortSignal,
): Promise<Passage> {
  const asked = action.environments.flatMap((environment) =>
    checksOf(environment, around.environments).map((check) => ({ environment, check })),
  );
  for (const one of asked) {
    const reason = refusedBranch(one, around);
    if (reason !== undefined) return { answer: 'rejected', reason };
  }
  const passage = await allOf(
    asked.map((one) => (over: AbortSignal) => waitForCheck(one, action, around, over)),
    signal,
  );
  return passage.answer === 'approved' ? takeLocks(action, asked, around, signal) : passage;
}

/** An environment that nothing is known of asks for a yes, as the safe reading of what is unknown. */
export function checksOf(
  environment: string,
  environments: LocalEnvironments,
): readonly EnvironmentCheck[] {
  return environments.get(environment.toLowerCase())?.checks ?? [anyApproval];
}

const anyApproval: ApprovalCheck = {
  type: 'approval',
  approvers: [],
  minimumApprovers: 1,
  allowSelfApproval: true,
  instructions: '',
  timeoutMinutes: 30 * 24 * 60,
};

function refusedBranch({ environment, check }: Asked, { branch }: CheckSurroundings) {
  if (check.type !== 'branchControl') return undefined;
  const verdict = decideChecks([check], { branch, now: 0, askedAt: 0, answers: [] });
  if (verdict.status !== 'rejected') return undefined;
  return `The deployment to ${environment} was rejected: ${verdict.reason}`;
}

/** The first that does not approve ends the wait for the others. */
async function allOf(
  waits: readonly ((signal: AbortSignal) => Promise<Passage>)[],
  signal: AbortSignal,
): Promise<Passage> {
  const over = new AbortController();
  let passage = approved;
  const either = AbortSignal.any([signal, over.signal]);
  const all = waits.map(async (wait) => {
    const found = await wait(either);
    if (found.answer === 'approved' || over.signal.aborted) return;
    passage = found;
    over.abort();
  });
  await Promise.all(all);
  return passage;
}

async function takeLocks(
  { stage, lockBehavior, hasOwnLock }: CheckStage,
  asked: readonly Asked[],
  { locks, definitionName, note }: CheckSurroundings,
  signal: AbortSignal,
): Promise<Passage> {
  const locked = asked.filter(({ check }) => check.type === 'exclusiveLock');
  const own = hasOwnLock ? [`stage ${stage.id} of ${definitionName}`] : [];
  const names = [...new Set([...locked.map((one) => `environment ${one.environment}`), ...own])];
  if (names.length === 0) return approved;
  const timeouts = locked.flatMap(({ check }) =>
    check.type === 'exclusiveLock' ? [timeoutOf(check)] : [],
  );
  const either = AbortSignal.any([signal, ...timeouts]);
  const claim = { names, stage: stage.id, behavior: lockBehavior };
  const answer = await locks.take(claim, either, (run) =>
    note(`Stage '${stage.id}' waits for the lock of ${names.join(', ')}, which run ${run} has`),
  );
  if (answer === 'held') return approved;
  if (answer === 'superseded')
    return { answer, reason: `Stage '${stage.id}' gives way to a later run at a lock` };
  return signal.aborted ? aborted : tooLate(`Stage '${stage.id}' has not got its lock`);
}
