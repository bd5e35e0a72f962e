// Whether a stage may go on: the checks of the environments that it deploys to, in their order.
// What holds at once first, then people, business hours and, last of all, the exclusive lock.
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckAnswer, CheckStage } from '@ridgeline/azure-pipelines';
import { decideChecks } from '../../assets/environments/decide-checks.ts';
import type {
  ApprovalCheck,
  BranchControl,
  BusinessHours,
  EnvironmentCheck,
} from '../../assets/environments/environment-check.ts';
import type { BuildSurroundings } from '../run/build-surroundings.ts';

export interface GateAnswer {
  /** `superseded`: a later build has taken the turn at a lock. `aborted`: the question is void. */
  readonly answer: CheckAnswer | 'superseded' | 'aborted';
  readonly reason: string;
  /** Locks that the stage now holds. */
  readonly locks: readonly string[];
}

interface Asked {
  readonly environment: string;
  readonly check: EnvironmentCheck;
}

/** No business hours are looked for more rarely than this. */
const longestLookMs = 3_600_000;
const minuteMs = 60_000;

export async function passGate(
  action: CheckStage,
  around: BuildSurroundings,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const asked = await checksOf(action, around);
  const askedAt = around.store.now();
  for (const { check } of asked) {
    if (check.type !== 'branchControl') continue;
    const verdict = decideOne(check, around, askedAt);
    if (verdict.status === 'rejected') return refused('rejected', verdict.reason);
  }
  const waits = [
    ...asked.map((one) => approvalOf(one, action, around, signal)),
    ...asked.map(({ check }) => hoursOf(check, around, askedAt, signal)),
  ];
  for (const answer of await Promise.all(waits)) if (answer.answer !== 'approved') return answer;
  return takeLocks(action, asked, around, signal);
}

async function checksOf(
  { environments }: CheckStage,
  { assets }: BuildSurroundings,
): Promise<readonly Asked[]> {
  const lists = environments.map(async (environment) => {
    const checks = await assets.checksOf(environment);
    return checks.map((check) => ({ environment, check }));
  });
  return (await Promise.all(lists)).flat();
}

function decideOne(
  check: BranchControl | BusinessHours,
  { build, store }: BuildSurroundings,
  askedAt: number,
) {
  const facts = { branch: build.branch, now: store.now(), askedAt, answers: [] };
  return decideChecks([check], facts);
}

async function approvalOf(
  { environment, check }: Asked,
  { stage, attempt }: CheckStage,
  { build, approvals }: BuildSurroundings,
  signal: AbortSignal,
): Promise<GateAnswer> {
  if (check.type !== 'approval') return approved;
  const { state, by } = await approvals.ask(
    {
      buildId: build.build_id,
      question: `stage ${stage.id} ${attempt} ${environment} ${shapeOf(check)}`,
      kind: 'stage',
      stage: stage.id,
      attempt,
      about: [environment],
      instructions: check.instructions,
      approvers: check.approvers,
      minimum: check.minimumApprovers,
      requesterCanApprove: check.allowSelfApproval,
      timeoutMs: check.timeoutMinutes * minuteMs,
    },
    signal,
  );
  if (state === 'approved') return approved;
  if (state === 'canceled') return refused('aborted', '');
  if (state === 'rejected')
    return refused('rejected', `the deployment to '${environment}' was rejected by ${by}`);
  return refused('timedOut', `nobody has approved the deployment to '${environment}' in time`);
}

/** Two approvals of one environment are two questions. */
function shapeOf({ approvers, minimumApprovers, instructions }: ApprovalCheck): string {
  return JSON.stringify([approvers, minimumApprovers, instructions]);
}

async function hoursOf(
  check: EnvironmentCheck,
  around: BuildSurroundings,
  askedAt: number,
  signal: AbortSignal,
): Promise<GateAnswer> {
  if (check.type !== 'businessHours') return approved;
  while (!signal.aborted) {
    const verdict = decideOne(check, around, askedAt);
    if (verdict.status === 'passed') return approved;
    if (verdict.status === 'rejected') return refused('timedOut', verdict.reason);
    const left = Math.max(verdict.lookAgainAt - around.store.now(), 0);
    await delay(Math.min(left, longestLookMs), undefined, { signal, ref: false }).catch(ignore);
  }
  return refused('aborted', '');
}

async function takeLocks(
  { stage, lockBehavior, hasOwnLock }: CheckStage,
  asked: readonly Asked[],
  { build, locks }: BuildSurroundings,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const locked = asked.filter(({ check }) => check.type === 'exclusiveLock');
  const own = hasOwnLock ? [`pipeline ${build.pipeline_id} stage ${stage.id}`] : [];
  const names = [
    ...new Set([...locked.map(({ environment }) => `environment ${environment}`), ...own]),
  ];
  if (names.length === 0) return approved;
  const claim = { buildId: build.build_id, stage: stage.id, behavior: lockBehavior };
  const limits = locked.flatMap(({ check }) =>
    check.type === 'exclusiveLock' ? [check.timeoutMinutes * minuteMs] : [],
  );
  const time = limits.length === 0 ? [] : [AbortSignal.timeout(Math.min(...limits, longestWaitMs))];
  const answer = await locks.take(names, claim, AbortSignal.any([signal, ...time]));
  if (answer === 'held') return { ...approved, locks: names };
  if (answer === 'superseded')
    return refused('superseded', `stage '${stage.id}' gave way to a later build at a lock`);
  if (signal.aborted) return refused('aborted', '');
  return refused('timedOut', `stage '${stage.id}' did not get its exclusive lock in time`);
}

/** As long as a timer counts: 24 days. */
const longestWaitMs = 2_000_000_000;
const approved: GateAnswer = { answer: 'approved', reason: '', locks: [] };

function refused(answer: GateAnswer['answer'], reason: string): GateAnswer {
  return { answer, reason, locks: [] };
}

function ignore(): void {}
