// A step's process outlives the server: a small POSIX shell script runs the command, keeps its
// output in a file and leaves the exit code behind it. A server that was killed and started again
// finds what has become of the step from those files alone.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readCommandLine } from './command-line.ts';

// The shell must stay to note the exit code, so it handles the signals of a cancel, which the
// command gets as well, and goes on once the command has ended. (An ignored signal would be
// inherited by the command; a handled one is not.)
const script = `trap : TERM INT HUP
cd "$(dirname "$0")" || exit 1
echo $$ > pid.tmp && mv pid.tmp pid
command=$RIDGELINE_COMMAND
unset RIDGELINE_COMMAND
(cd code && exec sh -c "$command") > log 2>&1 < /dev/null
echo $? > exit-code.tmp && mv exit-code.tmp exit-code
`;

const scriptName = 'supervise.sh';

export interface StepProcess {
  /** Resolves when the command and its supervisor are gone: the exit code, or null where none was left. */
  ended(): Promise<number | null>;
  /** Signals the command and all its children; does nothing once they are gone. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts `command` in `folder/code` as a process group of its own. */
export async function startStepProcess(
  folder: string,
  command: string,
  environment: Readonly<Record<string, string>>,
): Promise<StepProcess> {
  const scriptPath = path.join(folder, scriptName);
  await writeFile(scriptPath, script);
  const child = spawn('/bin/sh', [scriptPath], {
    detached: true,
    stdio: 'ignore',
    env: { ...environment, RIDGELINE_COMMAND: command },
  });
  const exited = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid as number;
  return {
    ended: async () => {
      await exited;
      // What the command left running in the background ends with its step.
      signalGroup(pid, 'SIGKILL');
      return readExitCode(folder);
    },
    signal: (name) => signalGroup(pid, name),
  };
}

/** The process of an earlier server's step, where it still runs or has left its exit code; else null. */
export async function findStepProcess(folder: string): Promise<StepProcess | null> {
  if ((await readExitCode(folder)) !== null) {
    return { ended: () => readExitCode(folder), signal: () => {} };
  }
  const pid = await readSupervisorPid(folder);
  if (pid === null) return null;
  return {
    ended: () => pollUntilGone(folder, pid),
    signal: (name) => signalGroup(pid, name),
  };
}

async function pollUntilGone(folder: string, pid: number): Promise<number | null> {
  while (await isSupervisor(pid, folder)) await delay(100);
  return readExitCode(folder);
}

async function readExitCode(folder: string): Promise<number | null> {
  const text = await readIfThere(path.join(folder, 'exit-code'));
  return text === null ? null : Number.parseInt(text, 10);
}

async function readSupervisorPid(folder: string): Promise<number | null> {
  const text = await readIfThere(path.join(folder, 'pid'));
  if (text === null) return null;
  const pid = Number.parseInt(text, 10);
  return (await isSupervisor(pid, folder)) ? pid : null;
}

/** A process id alone proves nothing, as ids are used again: the command line names the folder. */
async function isSupervisor(pid: number, folder: string): Promise<boolean> {
  const commandLine = await readCommandLine(pid);
  return commandLine?.includes(path.join(folder, scriptName)) ?? false;
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
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
