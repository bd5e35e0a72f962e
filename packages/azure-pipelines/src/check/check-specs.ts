// The checks of an environment as users give them, made whole: what is left out has its default, and
// what a type of check does not have is refused.
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { completeApproval } from './complete-approval.ts';
import { completeHours } from './complete-hours.ts';
import { completeRestApi } from './complete-rest-api.ts';
import { type CheckSpec, checkTypes, type EnvironmentCheck } from './environment-check.ts';
import { checkNames, type Mistakes } from './spec-mistakes.ts';

const severalTypes: ReadonlySet<string> = new Set(['approval', 'invokeRestApi']);
const maxChecks = 20;
const dayMinutes = 24 * 60;
const maxTimeoutMinutes = 366 * dayMinutes;

const fields: Readonly<Record<EnvironmentCheck['type'], readonly string[]>> = {
  approval: [
    'approvers',
    'minimumApprovers',
    'inSequence',
    'allowSelfApproval',
    'instructions',
    'timeoutMinutes',
  ],
  branchControl: ['allowedBranches'],
  requiredTemplate: ['requiredTemplates'],
  businessHours: ['timeZone', 'days', 'start', 'end', 'timeoutMinutes'],
  invokeRestApi: [
    'connection',
    'method',
    'urlSuffix',
    'headers',
    'body',
    'successCriteria',
    'retryMinutes',
    'timeoutMinutes',
  ],
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
      return completeApproval(mistakes, spec);
    case 'branchControl':
      return branchControl(mistakes, spec);
    case 'requiredTemplate':
      return requiredTemplate(mistakes, spec);
    case 'businessHours':
      return completeHours(mistakes, spec);
    case 'invokeRestApi':
      return completeRestApi(mistakes, spec);
    case 'exclusiveLock':
      return { type: spec.type, timeoutMinutes: spec.timeoutMinutes ?? dayMinutes };
  }
}

function branchControl(mistakes: Mistakes, { allowedBranches = [] }: CheckSpec): EnvironmentCheck {
  checkNames(mistakes, 'allowed branch', allowedBranches);
  if (allowedBranches.length === 0)
    mistakes.add(
      "the check branchControl allows no branch; name some in allowedBranches, such as 'main'",
    );
  return { type: 'branchControl', allowedBranches };
}

function requiredTemplate(mistakes: Mistakes, spec: CheckSpec): EnvironmentCheck {
  const { requiredTemplates = [] } = spec;
  checkNames(mistakes, 'required template', requiredTemplates);
  if (requiredTemplates.length === 0)
    mistakes.add(
      "the check requiredTemplate names no template; write some such as 'base.yml@policies'",
    );
  return { type: 'requiredTemplate', requiredTemplates };
}

function checkOnce(mistakes: Mistakes, specs: readonly CheckSpec[]): void {
  for (const type of checkTypes.filter((each) => !severalTypes.has(each))) {
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
