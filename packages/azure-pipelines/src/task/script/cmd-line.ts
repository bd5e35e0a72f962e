// CmdLine: what `script:` means. Bash without start-up files, or cmd.exe on Windows.

import { requireProgram } from '../program.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { announce, type Interpreter, runScript, writeScript } from './script-file.ts';

export const cmdLine: AgentTask = {
  name: 'CmdLine',
  ids: ['d9bafed4-0b18-4f58-968d-86655b4d2ce9'],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    input.lines('script', { required: true }),
    input.path('workingDirectory'),
    input.flag('failOnStderr', false),
  ],
  async run(context) {
    // An empty script is a step that does nothing, and not a missing input.
    const script = context.input('script') ?? '';
    const interpreter =
      process.platform === 'win32' ? await cmd(context, script) : await bash(context, script);
    announce(context, script);
    return runScript(context, interpreter);
  },
};

async function bash(context: TaskContext, script: string): Promise<Interpreter> {
  const program = requireProgram(context, 'bash', 'Install bash: scripts run in it.');
  const file = await writeScript(context, 'sh', script);
  return { name: 'Bash', program, args: ['--noprofile', '--norc', file] };
}

async function cmd(context: TaskContext, script: string): Promise<Interpreter> {
  const file = await writeScript(context, 'cmd', script.replace(/\r?\n/g, '\r\n'));
  const program = context.env.ComSpec ?? 'cmd.exe';
  return {
    name: 'Cmd.exe',
    program,
    args: ['/D', '/E:ON', '/V:OFF', '/S', '/C', `CALL "${file}"`],
  };
}
