// Npm: install, ci, publish, or a command of one's own, by the npm program.

import { requireProgram, runChecked } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { workingDirectoryOf } from '../working-directory.ts';

export const npm: AgentTask = {
  name: 'Npm',
  ids: ['fe47e961-9fa8-4106-8639-368c024d43ad'],
  versions: [1],
  runsOn: 'agent',
  openInputs: true,
  inputs: [
    input.pick('command', ['ci', 'install', 'publish', 'custom'], { default: 'install' }),
    input.path('workingDir', { aliases: ['workingDirectory'] }),
    input.text('customCommand', { required: true, visibleWhen: 'command = custom' }),
    input.flag('verbose', false),
  ],
  async run(context) {
    const program = requireProgram(context, 'npm', 'Install Node.js, which brings npm.');
    const cwd = await workingDirectoryOf(context, 'workingDir');
    const verbose = context.boolInput('verbose') ? ['--loglevel', 'verbose'] : [];
    await runChecked(context, program, [...wordsOf(context), ...verbose], { cwd });
    return succeeded;
  },
};

function wordsOf(context: TaskContext): readonly string[] {
  const command = context.input('command')?.toLowerCase() ?? 'install';
  return command === 'custom' ? splitArguments(context.requiredInput('customCommand')) : [command];
}
