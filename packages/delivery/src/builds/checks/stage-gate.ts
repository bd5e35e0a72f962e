// Whether a stage may go on: the checks of the environments that it deploys to, in their order.
// What holds at once first, then people, business hours and, last of all, the exclusive lock.
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ApprovalCheck,
  type BranchControl,
  type BusinessHours,
  type CheckStage,
  decideChecks,
  type EnvironmentCheck,
  type ExtendedTemplate,
  type RequiredTemplate,
} from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from '../run/build-surroundings.ts';
import { answerOfApi } from './api-answer.ts';
import { extendedTemplate } from './extended-template.ts';
import { type Asked, allOf, approved, type GateAnswer, refused } from './gate-answer.ts';

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
    if (check.type !== 'branchControl' && check.type !== 'requiredTemplate') continue;
    const isAboutTemplate = check.type === 'requiredTemplate';
    const template = isAboutTemplate ? await extendedTemplate(around) : undefined;
    const verdict = decideOne(check, around, askedAt, template);
    if (verdict.status === 'rejected') return refused('rejected', verdict.reason);
  }
  const waits = asked.flatMap((one) => [
    (over: AbortSignal) => approvalOf(one, action, around, over),
    (over: AbortSignal) => hoursOf(one.check, around, askedAt, over),
    (over: AbortSignal) => answerOfApi(one, action, around, over),
  ]);
  const answer = await allOf(waits, signal);
  return answer.answer === 'approved' ? takeLocks(action, asked, around, signal) : answer;
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
  check: BranchControl | RequiredTemplate | BusinessHours,
  { build, store }: BuildSurroundings,
  askedAt: number,
  template?: ExtendedTemplate,
) {
  const facts = { branch: build.branch, now: store.now(), askedAt, answers: [], template };
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
      inSequence: check.inSequence === true,
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
function shapeOf(check: ApprovalCheck): string {
  const { approvers, minimumApprovers, instructions, allowSelfApproval, inSequence } = check;
  const unusual = allowSelfApproval && !inSequence ? [] : [allowSelfApproval, inSequence === true];
  return JSON.stringify([approvers, minimumApprovers, instructions, ...unusual]);
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

function ignore(): void {}
