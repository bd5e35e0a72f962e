// ManualValidation: waits until a person lets the run go on, or stops it.

import { plainText } from '../plain-text.ts';
import type { ServerTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded } from '../task-outcome.ts';
import type { ManualDecision, ManualQuestion, ServerTaskContext } from './server-task.ts';

export const manualValidation: ServerTask = {
  name: 'ManualValidation',
  ids: ['bcb64569-d51a-4af0-9c01-ea5d05b3b622'],
  versions: [0, 1],
  runsOn: 'server',
  inputs: [
    input.lines('notifyUsers'),
    input.lines('approvers'),
    input.flag('allowApproversToApproveTheirOwnRuns', true),
    input.lines('instructions'),
    input.pick('onTimeout', ['reject', 'resume'], { default: 'reject' }),
  ],
  async run(context) {
    const question = {
      instructions: context.input('instructions') ?? '',
      notify: people(context.linesInput('notifyUsers')),
      approvers: people(context.linesInput('approvers')),
      allowSelfApproval: context.boolInput('allowApproversToApproveTheirOwnRuns'),
      onTimeout: context.input('onTimeout')?.toLowerCase() === 'resume' ? 'resume' : 'reject',
    } as const;
    context.log('Waiting for a person to resume or reject the run');
    const { decision, by, comment } = await decide(context, question);
    const remark = comment === undefined || comment === '' ? '' : `: ${comment}`;
    if (decision === 'reject') return failed(`Rejected by ${by}${remark}`);
    context.log(plainText(`Resumed by ${by}${remark}`));
    return { ...succeeded, standsAfterTimeout: true };
  },
};

/** Where nobody decides in time, the step's `onTimeout` does. */
async function decide(
  context: ServerTaskContext,
  question: ManualQuestion,
): Promise<ManualDecision> {
  try {
    return await context.host.waitForPerson(question, context.signal);
  } catch (error) {
    const timedOut = context.signal.aborted && context.signal.reason?.name === 'TimeoutError';
    if (!timedOut || question.onTimeout === 'reject') throw error;
    return { decision: 'resume', by: 'the end of the time to decide' };
  }
}

/** One a line, or several with commas between. */
function people(lines: readonly string[]): readonly string[] {
  const names = lines.flatMap((line) => line.split(','));
  return names.map((name) => name.trim()).filter((name) => name !== '');
}
