// What a run on this machine does for the gate in front of a stage: whoever sits here is asked, and the
// locks are between the runs of one folder. Templates and APIs hold people back from a shared
// environment; there is none of those here.
import { setTimeout as delay } from 'node:timers/promises';
import { timeoutOf } from '../check/check-timeout.ts';
import type { ApprovalCheck, EnvironmentCheck } from '../check/environment-check.ts';
import type { AskedCheck, GateClock, GateHost, PeopleAnswer } from '../check/gate-host.ts';
import type { CheckStage } from '../orchestrate/action.ts';
import type { LocalEnvironments } from './environments-file.ts';
import type { Ask } from './local-run-listener.ts';
import type { StageLocks } from './stage-locks.ts';

export interface GateSurroundings {
  readonly environments: LocalEnvironments;
  readonly branch: string;
  readonly definitionName: string;
  readonly ask: Ask;
  readonly locks: Pick<StageLocks, 'take'>;
  readonly note: (text: string) => void;
  readonly clock?: GateClock;
}

export function localGate(
  { stage: { id: stage }, lockBehavior: behavior }: CheckStage,
  around: GateSurroundings,
): GateHost {
  const { branch, definitionName, environments, ask, locks, note, clock = systemClock } = around;
  return {
    branch,
    clock,
    note,
    ownLock: `stage ${stage} of ${definitionName}`,
    checksOf: async (environment) => checksOf(environment, environments),
    askPeople: (asked, signal) => askHere(asked, stage, ask, signal),
    takeLocks: (names, signal) =>
      locks.take({ names, stage, behavior }, signal, (run) =>
        note(`stage '${stage}' waits for the lock of ${names.join(', ')}, which run ${run} has`),
      ),
  };
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

/** Whoever sits here speaks for all that the check names: there is nobody else on this machine. */
async function askHere(
  { environment, check }: AskedCheck<ApprovalCheck>,
  stage: string,
  ask: Ask,
  signal: AbortSignal,
): Promise<PeopleAnswer> {
  const timeout = timeoutOf(check);
  const { instructions, approvers } = check;
  const question = { kind: 'approval', stage, about: [environment] } as const;
  const either = AbortSignal.any([signal, timeout]);
  const { isApproved, by } = await ask({ ...question, instructions, approvers }, either);
  if (signal.aborted) return { state: 'canceled', by: '' };
  if (timeout.aborted) return { state: 'timedOut', by: '' };
  return { state: isApproved ? 'approved' : 'rejected', by };
}

const systemClock: GateClock = {
  now: Date.now,
  sleep: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
