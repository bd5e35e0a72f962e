// Bash: inline or from a file. No `set -e`: only the last command's exit code counts.

import { requireProgram } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { announce, runScript, scriptPath, scriptSource, writeScript } from './script-file.ts';

export const bash: AgentTask = {
  name: 'Bash',
  ids: ['6c731c3c-3c68-459a-a5c9-bde6e6595b5b'],
  versions: [3],
  runsOn: 'agent',
  inputs: [
    ...scriptSource,
    input.path('workingDirectory', { aliases: ['cwd'] }),
    input.flag('failOnStderr', false),
    input.text('bashEnvValue'),
    // Of older versions: both did what is done here anyway.
    input.flag('noProfile', true),
    input.flag('noRc', true),
  ],
  async run(context) {
    const program = requireProgram(context, 'bash', 'Install bash: scripts run in it.');
    const script = await contentsOf(context);
    const file = await writeScript(context, 'sh', script);
    announce(context, script);
    const start = context.input('bashEnvValue');
    const env = start === undefined ? {} : { BASH_ENV: start };
    return runScript(context, { name: 'Bash', program, args: [file] }, { env });
  },
};

/** Arguments are text of the shell, so that quotes and variables in them mean what they do there. */
async function contentsOf(context: TaskContext): Promise<string> {
  if (context.input('targetType')?.toLowerCase() === 'inline') return context.input('script') ?? '';
  const file = await scriptPath(context, 'filePath');
  const quoted = `'${file.replaceAll("'", `'"'"'`)}'`;
  return `exec bash ${quoted} ${context.input('arguments') ?? ''}`.trimEnd();
}
