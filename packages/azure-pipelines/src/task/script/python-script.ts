// PythonScript: a file or text run by the interpreter that PATH, or the step, names.

import { findProgram, requireProgram } from '../program.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { runScript, scriptPath, writeScript } from './script-file.ts';

export const pythonScript: AgentTask = {
  name: 'PythonScript',
  ids: ['6392f95f-7e76-4a18-b3c7-7f078d2f7700'],
  versions: [0],
  runsOn: 'agent',
  inputs: [
    input.pick('scriptSource', ['filePath', 'inline'], { default: 'filePath' }),
    input.path('scriptPath', { required: true, visibleWhen: 'scriptSource = filePath' }),
    input.lines('script', { required: true, visibleWhen: 'scriptSource = inline' }),
    input.text('arguments'),
    input.text('pythonInterpreter'),
    input.path('workingDirectory'),
    input.flag('failOnStderr', false),
  ],
  async run(context) {
    const program = interpreterOf(context);
    const inline = context.input('scriptSource')?.toLowerCase() === 'inline';
    const file = inline
      ? await writeScript(context, 'py', context.requiredInput('script'))
      : await scriptPath(context, 'scriptPath');
    const args = [file, ...splitArguments(context.input('arguments') ?? '')];
    return runScript(context, { name: 'Python', program, args });
  },
};

/** Many Linux distributions have `python3` only. */
function interpreterOf(context: TaskContext): string {
  const named = context.input('pythonInterpreter');
  const next = 'Install Python 3, or put a UsePythonVersion step before this one.';
  if (named !== undefined) return requireProgram(context, named, next);
  const plain = context.inContainer === true ? undefined : findProgram('python', context.env);
  return plain ?? requireProgram(context, 'python3', next);
}
