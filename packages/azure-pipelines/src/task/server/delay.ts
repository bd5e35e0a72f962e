// Delay: lets time pass without an agent.

import type { ServerTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded } from '../task-outcome.ts';

/** Days as minutes: what a server job may take at most. */
const maxMinutes = 30 * 24 * 60;

export const delay: ServerTask = {
  name: 'Delay',
  ids: ['28782b92-5e8e-4458-9751-a71cd1492bae'],
  versions: [0, 1],
  runsOn: 'server',
  inputs: [input.text('delayForMinutes', { required: true, default: '0' })],
  async run(context) {
    const text = context.input('delayForMinutes') ?? '0';
    const minutes = Number(text);
    if (!(minutes >= 0 && minutes <= maxMinutes)) {
      return failed(`'delayForMinutes' is '${text}'; expected a number from 0 to ${maxMinutes}`);
    }
    context.log(`Waiting for ${minutes} minute(s)`);
    await context.host.sleep(minutes * 60_000, context.signal);
    return succeeded;
  },
};
