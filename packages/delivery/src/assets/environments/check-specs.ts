// The checks of an environment as users give them, made whole: what is left out has its default, and
// what a type of check does not have is refused.
import { didYouMean, listNames, shorten } from '@ridgeline/azure-pipelines';
import { checkText } from '../check-words.ts';
import type { Mistakes } from '../mistakes.ts';
import {
  businessDays,
  type CheckSpec,
  checkTypes,
  type EnvironmentCheck,
} from './environment-check.ts';

const maxChecks = 20;
const maxNames = 100;
const dayMinutes = 24 * 60;
const maxTimeoutMinutes = 366 * dayMinutes;

const fields: Readonly<Record<EnvironmentCheck['type'], readonly string[]>> = {
  approval: [
    'approvers',
    'minimumApprovers',
    'allowSelfApproval',
    'instructions',
    'timeoutMinutes',
  ],
  branchControl: ['allowedBranches'],
  businessHours: ['timeZone', 'days', 'start', 'end', 'timeoutMinutes'],
  exclusiveLock: ['timeoutMinutes'],
};

export function completeChecks(
  mistakes: Mistakes,
  specs: readonly CheckSpec[],
): readonly EnvironmentCheck[] {
  if (specs.length > maxChecks)
    mistakes.add(`the environment has ${specs.length} checks; at most ${maxChecks} fit`);
  checkOnce(mistakes, specs);
  return specs.flatMap((spec) => {
    const { type } = spec;
    if (!checkTypes.includes(type)) {
      const expected = `expected ${listNames(checkTypes)}.${didYouMean(type, checkTypes)}`;
      mistakes.add(`'${shorten(type)}' is no type of check; ${expected}`);
      return [];
    }
    checkFields(mistakes, spec);
    checkTimeout(mistakes, spec);
    return [completeCheck(mistakes, spec)];
  });
}

function completeCheck(mistakes: Mistakes, spec: CheckSpec): EnvironmentCheck {
  switch (spec.type) {
    case 'approval':
      return approval(mistakes, spec);
    case 'branchControl':
      return branchControl(mistakes, spec);
    case 'businessHours':
      return businessHours(mistakes, spec);
    case 'exclusiveLock':
      return { type: spec.type, timeoutMinutes: spec.timeoutMinutes ?? dayMinutes };
  }
}

function approval(mistakes: Mistakes, spec: CheckSpec): EnvironmentCheck {
  const { approvers = [], instructions = '', allowSelfApproval = true } = spec;
  // All who are named, as Azure DevOps asks for where it is told no number.
  const { minimumApprovers = Math.max(1, approvers.length) } = spec;
  checkNames(mistakes, 'approver', approvers);
  checkText(mistakes, 'instructions', instructions);
  const most = approvers.length === 0 ? maxNames : approvers.length;
  if (!Number.isInteger(minimumApprovers) || minimumApprovers < 1 || minimumApprovers > most)
    mistakes.add(
      `minimumApprovers is ${minimumApprovers}; expected a whole number from 1 to ${most}`,
    );
  const timeoutMinutes = spec.timeoutMinutes ?? 30 * dayMinutes;
  return {
    type: 'approval',
    approvers,
    minimumApprovers,
    allowSelfApproval,
    instructions,
    timeoutMinutes,
  };
}

function branchControl(mistakes: Mistakes, { allowedBranches = [] }: CheckSpec): EnvironmentCheck {
  checkNames(mistakes, 'allowed branch', allowedBranches);
  if (allowedBranches.length === 0)
    mistakes.add(
      "the check branchControl allows no branch; name some in allowedBranches, such as 'main'",
    );
  return { type: 'branchControl', allowedBranches };
}

function businessHours(mistakes: Mistakes, spec: CheckSpec): EnvironmentCheck {
  const { timeZone = 'UTC', start = '09:00', end = '17:00' } = spec;
  const { days = businessDays.slice(0, 5), timeoutMinutes = dayMinutes } = spec;
  if (!isTimeZone(timeZone))
    mistakes.add(
      `the time zone '${shorten(timeZone)}' is not known; write one of IANA's such as 'Europe/Berlin'`,
    );
  for (const day of days) {
    if (!businessDays.includes(day))
      mistakes.add(`'${shorten(day)}' is no day; expected ${listNames(businessDays)}`);
  }
  if (days.length === 0) mistakes.add('the check businessHours has no days; name some');
  for (const time of [start, end]) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
      mistakes.add(
        `'${shorten(time)}' is no time of the day; expected one from '00:00' to '23:59'`,
      );
  }
  if (start === end)
    mistakes.add(`business hours from ${start} to ${end} are none; let them end later`);
  return { type: 'businessHours', timeZone, days, start, end, timeoutMinutes };
}

function checkOnce(mistakes: Mistakes, specs: readonly CheckSpec[]): void {
  for (const type of ['branchControl', 'businessHours', 'exclusiveLock'] as const) {
    if (specs.filter((spec) => spec.type === type).length > 1)
      mistakes.add(`the environment has more than one check ${type}; put them together`);
  }
}

function checkFields(mistakes: Mistakes, spec: CheckSpec): void {
  const known = fields[spec.type];
  for (const [name, value] of Object.entries(spec)) {
    if (name === 'type' || value === undefined || known.includes(name)) continue;
    mistakes.add(`the check ${spec.type} has no '${shorten(name)}'; it takes ${listNames(known)}`);
  }
}

function checkTimeout(mistakes: Mistakes, { type, timeoutMinutes }: CheckSpec): void {
  if (timeoutMinutes === undefined) return;
  if (Number.isInteger(timeoutMinutes) && timeoutMinutes > 0 && timeoutMinutes <= maxTimeoutMinutes)
    return;
  mistakes.add(
    `timeoutMinutes of ${type} is ${timeoutMinutes}; expected a whole number from 1 to ${maxTimeoutMinutes}`,
  );
}

function checkNames(mistakes: Mistakes, what: string, names: readonly string[]): void {
  if (names.length > maxNames)
    mistakes.add(`${names.length} ${what}s are named; at most ${maxNames} can be`);
  for (const name of names) {
    if (name.trim() === '' || name.length > 255 || /\p{Cc}/u.test(name) || !name.isWellFormed())
      mistakes.add(`'${shorten(name)}' is no name of an ${what}`);
  }
  if (new Set(names).size < names.length) mistakes.add(`an ${what} is named twice`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
