// Scripts as tasks run them: written to a file of their own, run by their shell, judged by the
// exit code and, where asked, by whether anything came on stderr.

import { randomUUID } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { workingDirectoryOf } from '../working-directory.ts';

/** Where a script stands: in the step, or in a file that may get arguments. */
export const scriptSource = [
  input.pick('targetType', ['filePath', 'inline'], { default: 'filePath' }),
  input.path('filePath', { required: true, visibleWhen: 'targetType = filePath' }),
  input.text('arguments', { visibleWhen: 'targetType = filePath' }),
  input.lines('script', { required: true, visibleWhen: 'targetType = inline' }),
] as const;

export async function writeScript(
  context: TaskContext,
  ending: string,
  contents: string,
): Promise<string> {
  const file = join(context.folders.temp, `${randomUUID()}.${ending}`);
  await mkdir(context.folders.temp, { recursive: true });
  // Only the user of the agent may read it: scripts hold expanded secrets.
  await writeFile(file, contents, { mode: 0o700 });
  return file;
}

/** Shows a script of one line, unless the log would take a command in it for an order. */
export function announce(context: TaskContext, script: string): void {
  context.log('Generating script.');
  if (!script.trimEnd().includes('\n') && !/##vso\[/i.test(script)) {
    context.log('Script contents:');
    context.log(script.trimEnd());
  }
  context.log('========================== Starting Command Output ===========================');
}

export interface Interpreter {
  /** How messages call it: `Bash`, `PowerShell`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

export async function runScript(
  context: TaskContext,
  interpreter: Interpreter,
  options: RunOptions = {},
): Promise<TaskOutcome> {
  const { name, program, args } = interpreter;
  const cwd = await workingDirectoryOf(context, 'workingDirectory');
  const result = await context.run(program, args, { ...options, cwd });
  if (result.exitCode !== 0) return failed(`${name} exited with code '${result.exitCode}'.`);
  if (context.boolInput('failOnStderr') && result.wroteToStderr) {
    return failed(`${name} wrote one or more lines to the standard error stream.`);
  }
  return succeeded;
}

export async function scriptPath(context: TaskContext, name: string): Promise<string> {
  context.requiredInput(name);
  const file = context.pathInput(name) ?? '';
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile()) return file;
  throw new TaskFailure(`'${name}' is '${file}', which is no file`);
}
