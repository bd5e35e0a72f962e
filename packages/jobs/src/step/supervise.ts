// A step's process outlives the server: a small POSIX shell script runs the command, keeps its
// output in a file and leaves the exit code behind it. A server that was killed and started again
// finds what has become of the step from those files alone:
//   command      what is to be run
//   pid          the supervisor's process, which is also its process group
//   started      made by the supervisor before it runs the command, or by a server that wants the
//                command never to run: whoever makes the file first has its way
//   exit-code    of the command; there before the supervisor is gone
//   log          what the command has printed, after what was said while it was made ready
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readCommandLine } from './command-line.ts';
import { killStrays, markVariable } from './strays.ts';

// It uses only what is built into a shell, as the step's PATH may hold nothing. `set -C` makes `>`
// refuse a file that exists. The shell must stay to note the exit code, so it handles the signals
// of a cancel, which the command gets as well, and goes on once the command has ended. (An ignored
// signal would be inherited by the command; a handled one is not.) What the command has left
// running in the background ends with its step: the last line ends the whole group.
const script = `cd "\${0%/*}" || exit 1
echo $$ > pid
set -C
echo > started || exit 1
set +C
trap : TERM INT HUP
(cd code && exec /bin/sh ../command) >> log 2>&1 < /dev/null
echo $? > exit-code
kill -KILL 0
`;

const scriptName = 'supervise.sh';

export interface StepProcess {
  /** Resolves when the command and its supervisor are gone: the exit code, or null where none was left. */
  ended(): Promise<number | null>;
  /** Signals the command and all its children; does nothing once they are gone. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** What an earlier server has left of a step. */
export type FoundProcess =
  /** The command has not run, and never will. */
  | { readonly state: 'not started' }
  | { readonly state: 'running'; readonly process: StepProcess }
  /** `exitCode`: null where it was killed together with its supervisor, as by a power cut. */
  | { readonly state: 'ended'; readonly exitCode: number | null };

/** Starts `command` in `folder/code` as a process group of its own. */
export async function startStepProcess(
  folder: string,
  command: string,
  environment: Readonly<Record<string, string>>,
): Promise<StepProcess> {
  const scriptPath = await scriptIn(folder);
  await writeFile(path.join(folder, 'command'), `${command}\n`);
  await writeFile(scriptPath, script);
  const child = spawn('/bin/sh', [scriptPath], {
    detached: true,
    stdio: 'ignore',
    env: { ...environment, [markVariable]: scriptPath },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await once(child, 'spawn');
  const pid = child.pid as number;
  return {
    ended: async () => {
      await exited;
      return lastWord(folder, pid, scriptPath);
    },
    signal: (name) => signalGroup(pid, name),
  };
}

/** Looks for the process of an earlier server's step; one that has not started is kept from it. */
export async function findStepProcess(folder: string): Promise<FoundProcess> {
  if (await keepFromStarting(folder)) return { state: 'not started' };
  const pid = Number.parseInt((await readIfThere(path.join(folder, 'pid'))) ?? '', 10);
  const scriptPath = await scriptIn(folder);
  // In this order, as a supervisor leaves the exit code and is gone: whoever reads the code first
  // may find neither.
  if (!(await isRunning(pid, scriptPath))) {
    // Its group may be another's by now; what has its mark is of the step, and nothing else is.
    await killStrays(scriptPath);
    return { state: 'ended', exitCode: await readExitCode(folder) };
  }
  const process: StepProcess = {
    ended: async () => {
      while (await isRunning(pid, scriptPath)) await delay(100);
      return lastWord(folder, pid, scriptPath);
    },
    signal: (name) => signalGroup(pid, name),
  };
  return { state: 'running', process };
}

/** False where it has started: of those who ask, one alone has its way. */
export async function keepFromStarting(folder: string): Promise<boolean> {
  try {
    await writeFile(path.join(folder, 'started'), '', { flag: 'wx' });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // No folder, so nothing in it has started.
    if (code === 'ENOENT') return true;
    throw error;
  }
}

async function lastWord(folder: string, pid: number, mark: string): Promise<number | null> {
  // A supervisor that was killed alone has not ended its group.
  signalGroup(pid, 'SIGKILL');
  await killStrays(mark);
  return readExitCode(folder);
}

async function readExitCode(folder: string): Promise<number | null> {
  const text = (await readIfThere(path.join(folder, 'exit-code'))) ?? '';
  return /^\d{1,3}\n$/.test(text) ? Number(text) : null;
}

/** A process id alone proves nothing, as ids are used again: the command line names the script. */
async function isRunning(pid: number, scriptPath: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid)) return false;
  return (await readCommandLine(pid))?.includes(scriptPath) ?? false;
}

/** The same for every server, by whichever path it knows the folder. */
async function scriptIn(folder: string): Promise<string> {
  return path.join(await realpath(folder), scriptName);
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    // Gone, or (as macOS says it) there is nothing left that could be signalled.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
