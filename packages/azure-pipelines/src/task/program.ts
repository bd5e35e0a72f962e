// Real programs that tasks stand on: found on the step's PATH, run, and their failure told.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, extname, isAbsolute, join, resolve } from 'node:path';
import { plainText } from './plain-text.ts';
import type { RunOptions, RunResult, TaskContext, TaskRuntime } from './task.ts';
import { TaskFailure } from './task-outcome.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The file that a name means on this PATH; a path is taken as it is. */
export function findProgram(name: string, env: Environment, directory = '.'): string | undefined {
  if (isAbsolute(name) || /[\\/]/.test(name)) return executable(resolve(directory, name), env);
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter);
  for (const folder of folders) {
    const found = folder === '' ? undefined : executable(join(folder, name), env);
    if (found !== undefined) return found;
  }
  return undefined;
}

function executable(path: string, env: Environment): string | undefined {
  const endings = process.platform === 'win32' && extname(path) === '' ? windowsEndings(env) : [''];
  return endings.map((ending) => path + ending).find(isExecutableFile);
}

function windowsEndings(env: Environment): readonly string[] {
  return (env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';');
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The program's file, or a failure that says what to install. What a container has shows only
 * when it is started there, so that the name alone is given then. */
export function requireProgram(context: TaskRuntime, name: string, nextStep: string): string {
  if (context.inContainer === true) return name;
  const found = findProgram(name, context.env, context.folders.workingDirectory);
  if (found !== undefined) return found;
  throw new TaskFailure(`'${name}' is not on this machine's PATH. ${nextStep}`);
}

/** Logs the command as agents show it, runs it, and fails with its exit code. */
export async function runChecked(
  context: TaskRuntime,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  if (options.silent !== true) context.log(plainText(`##[command]${commandLine(program, args)}`));
  const result = await context.run(program, args, options);
  if (result.exitCode !== 0) throw exitFailure(program, result);
  return result;
}

/** What shells and container engines say of a program that is not there. */
const notFoundCode = 127;

export function exitFailure(program: string, result: RunResult): TaskFailure {
  const name = program.split(/[\\/]/).at(-1);
  if (result.exitCode === notFoundCode) {
    return new TaskFailure(`'${name}' was not found where the step runs; install it there`);
  }
  const cause = result.stderr.trim().split('\n').at(-1) ?? '';
  return new TaskFailure(
    `'${name}' exited with code ${result.exitCode}${cause === '' ? '' : `: ${cause}`}`,
  );
}

function commandLine(program: string, args: readonly string[]): string {
  return [program, ...args]
    .map((part) => (/[\s"]/.test(part) ? JSON.stringify(part) : part))
    .join(' ');
}

/** Runs a program that answers with JSON, which stays out of the log. */
export async function readJson(
  context: TaskContext,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<unknown> {
  const result = await runChecked(context, program, args, {
    ...options,
    capture: true,
    silent: true,
  });
  try {
    return JSON.parse(result.stdout);
  } catch {
    throw new TaskFailure(`'${program} ${args.join(' ')}' did not answer with JSON`);
  }
}
