// The checks of an environment as users give them, made whole: what is left out has its default, and
// what a type of check does not have is refused.
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { completeHours } from './complete-hours.ts';
import { completeRestApi } from './complete-rest-api.ts';
import { type CheckSpec, checkTypes, type EnvironmentCheck } from './environment-check.ts';

/** Where what is wrong is told. */
export interface Mistakes {
  add(message: string): void;
}

const severalTypes: ReadonlySet<string> = new Set(['approval', 'invokeRestApi']);
const maxChecks = 20;
const maxInstructions = 5_000;
const maxNames = 100;
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
      return approval(mistakes, spec);
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

function approval(mistakes: Mistakes, spec: CheckSpec): EnvironmentCheck {
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

function checkNames(mistakes: Mistakes, what: string, names: readonly string[]): void {
  if (names.length > maxNames)
    mistakes.add(`${names.length} ${what}s are named; at most ${maxNames} can be`);
  for (const name of names) {
    if (name.trim() === '' || name.length > 255 || /\p{Cc}/u.test(name) || !name.isWellFormed())
      mistakes.add(`'${shorten(name)}' is no name of an ${what}`);
  }
  if (new Set(names).size < names.length) mistakes.add(`an ${what} is named twice`);
}
