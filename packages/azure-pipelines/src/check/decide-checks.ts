// Whether the checks of an environment let a stage go on. It knows the checks and what has happened
// since they were asked for; it waits for nothing itself, and says when to look again.
import { branchRef } from '../trigger/source-branch.ts';
import { matchesWildcard } from '../trigger/wildcard.ts';
import { isOpen, nextLook } from './business-hours.ts';
import type {
  ApprovalCheck,
  BranchControl,
  BusinessHours,
  EnvironmentCheck,
  RequiredTemplate,
} from './environment-check.ts';
import { type ExtendedTemplate, isTemplate } from './extended-template.ts';

export interface ApprovalAnswer {
  readonly by: string;
  readonly decision: 'approved' | 'rejected';
}

export interface CheckFacts {
  /** A ref, such as `refs/heads/main`. */
  readonly branch: string;
  /** What the pipeline extends, where that is known. */
  readonly template?: ExtendedTemplate | undefined;
  readonly now: number;
  /** When the checks were first looked at, for this attempt of the stage. */
  readonly askedAt: number;
  /** Of those who may answer, in their order: an answer counts once a person. */
  readonly answers: readonly ApprovalAnswer[];
}

export type CheckOutlook =
  | { readonly status: 'passed'; readonly needsLock: boolean }
  | { readonly status: 'rejected'; readonly reason: string }
  | {
      readonly status: 'waiting';
      readonly waitsFor: readonly string[];
      /** Whom it waits for, if for people. */
      readonly approvals: readonly ApprovalCheck[];
      /** Something may have changed by then; an answer may change it sooner. */
      readonly lookAgainAt: number;
    };

type Verdict =
  | { readonly status: 'passed' }
  | { readonly status: 'rejected'; readonly reason: string }
  | { readonly status: 'waiting'; readonly waitsFor: string; readonly lookAgainAt: number };

const minuteMs = 60_000;
const passed = { status: 'passed' } as const;

/**
 * Static checks first: nobody is asked for a branch that may not be deployed. The lock comes last, and
 * is the caller's: to hold it while people think would keep others out.
 */
export function decideChecks(checks: readonly EnvironmentCheck[], facts: CheckFacts): CheckOutlook {
  const verdicts = checks.map((check) => [check, verdictOf(check, facts)] as const);
  const inOrder = verdicts.toSorted(([one], [other]) => rank(one) - rank(other));
  for (const [, verdict] of inOrder) if (verdict.status === 'rejected') return verdict;
  const waiting = inOrder.flatMap(([check, verdict]) =>
    verdict.status === 'waiting' ? [{ check, ...verdict }] : [],
  );
  if (waiting.length === 0)
    return { status: 'passed', needsLock: checks.some(({ type }) => type === 'exclusiveLock') };
  return {
    status: 'waiting',
    waitsFor: waiting.map(({ waitsFor }) => waitsFor),
    approvals: waiting.flatMap(({ check }) => (check.type === 'approval' ? [check] : [])),
    lookAgainAt: Math.min(...waiting.map(({ lookAgainAt }) => lookAgainAt)),
  };
}

function rank({ type }: EnvironmentCheck): number {
  return [
    'branchControl',
    'requiredTemplate',
    'approval',
    'businessHours',
    'invokeRestApi',
    'exclusiveLock',
  ].indexOf(type);
}

function verdictOf(check: EnvironmentCheck, facts: CheckFacts): Verdict {
  switch (check.type) {
    case 'branchControl':
      return branchVerdict(check, facts);
    case 'requiredTemplate':
      return templateVerdict(check, facts);
    case 'approval':
      return approvalVerdict(check, facts);
    case 'businessHours':
      return hoursVerdict(check, facts);
    // Whoever waits asks the API itself, and takes the lock.
    case 'invokeRestApi':
    case 'exclusiveLock':
      return passed;
  }
}

function branchVerdict({ allowedBranches }: BranchControl, { branch }: CheckFacts): Verdict {
  const ref = branchRef(branch);
  if (allowedBranches.some((pattern) => matchesWildcard(branchRef(pattern), ref))) return passed;
  const allowed = allowedBranches.join(', ');
  return { status: 'rejected', reason: `${ref} is not among the allowed branches: ${allowed}` };
}

function templateVerdict(
  { requiredTemplates }: RequiredTemplate,
  { template }: CheckFacts,
): Verdict {
  if (template !== undefined && requiredTemplates.some((one) => isTemplate(one, template)))
    return passed;
  const required = `it has to extend ${requiredTemplates.join(' or ')}`;
  if (template === undefined)
    return { status: 'rejected', reason: `the pipeline extends no template; ${required}` };
  const { path, name, ref } = template;
  return { status: 'rejected', reason: `the pipeline extends ${path}@${name}#${ref}; ${required}` };
}

function approvalVerdict(check: ApprovalCheck, facts: CheckFacts): Verdict {
  const rejection = facts.answers.find(({ decision }) => decision === 'rejected');
  if (rejection !== undefined)
    return { status: 'rejected', reason: `${rejection.by} has rejected it` };
  const agreed = new Set(facts.answers.map(({ by }) => by)).size;
  if (agreed >= check.minimumApprovers) return passed;
  const whom = check.approvers.length === 0 ? 'a contributor' : check.approvers.join(', ');
  const waitsFor = `approval by ${whom} (${agreed} of ${check.minimumApprovers})`;
  return inTime(check.timeoutMinutes, facts, waitsFor, Number.POSITIVE_INFINITY);
}

/** Looked at anew each time: an approval at midnight deploys in the morning. */
function hoursVerdict(check: BusinessHours, facts: CheckFacts): Verdict {
  if (isOpen(check, facts.now)) return passed;
  const { start, end, timeZone } = check;
  const waitsFor = `business hours, ${start} to ${end} ${timeZone}`;
  return inTime(check.timeoutMinutes, facts, waitsFor, nextLook(check, facts.now));
}

function inTime(
  timeoutMinutes: number,
  { askedAt, now }: CheckFacts,
  waitsFor: string,
  lookAgainAt: number,
): Verdict {
  const end = askedAt + timeoutMinutes * minuteMs;
  if (now >= end) return { status: 'rejected', reason: `the time for ${waitsFor} is over` };
  return { status: 'waiting', waitsFor, lookAgainAt: Math.min(end, lookAgainAt) };
}
