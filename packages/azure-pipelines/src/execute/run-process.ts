// One child process, in a group of its own: its output read as fast as the log takes it, its end
// awaited, and its whole group ended on a cancel, step by step harder.

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { TaskFailure } from '../task/task-outcome.ts';
import { type Child, ChildOutput } from './child-output.ts';
import { signalGroup } from './kill-group.ts';

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  onOutput(stream: 'stdout' | 'stderr', chunk: Buffer): void;
  /** What to wait for before more is read. */
  drained(): Promise<void> | undefined;
  /** Aborted: the process is asked to end, and then made to. */
  readonly signal: AbortSignal;
  /** Aborted: it is killed at once. */
  readonly hardSignal: AbortSignal;
  readonly ending: EndingTimes;
  /** Signals the process within a container, which is in no group of this machine: what waits for it
   * here ends with it, and has to be killed only when it does not. */
  readonly signalInside?: (signal: NodeJS.Signals) => void;
}

export interface EndingTimes {
  /** From SIGINT to SIGTERM. */
  readonly interruptMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly terminateMs: number;
  /** How long after the end of a process the rest of its output is waited for: something that it
   * has started may hold the pipe open for ever. */
  readonly drainMs: number;
}

export const standardEndingTimes: EndingTimes = {
  interruptMs: 7_500,
  terminateMs: 2_500,
  drainMs: 5_000,
};

/** Gives the exit code; 128 and the signal's number when a signal ended it. */
export async function runProcess(request: ProcessRequest): Promise<number> {
  request.signal.throwIfAborted();
  request.hardSignal.throwIfAborted();
  const child = start(request);
  const exited = exitOf(child, request);
  const output = new ChildOutput(child, request);
  const stopKilling = killOnAbort(child, request);
  try {
    const code = await exited;
    // What a canceled process has left in its group ends with it.
    stopKilling();
    await output.drain(request.ending.drainMs);
    return code;
  } finally {
    stopKilling();
  }
}

function start(request: ProcessRequest): Child {
  const { command, args, cwd, env, stdin } = request;
  try {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    }) as Child;
    // A process need not read what it is given.
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
    return child;
  } catch (error) {
    throw notStarted(error, request);
  }
}

function exitOf(child: Child, request: ProcessRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(error, request)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + numberOf(signal)));
  });
}

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : os.constants.signals[signal];
}

function notStarted(error: unknown, { command, cwd }: ProcessRequest): TaskFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return new TaskFailure(`The working directory '${cwd}' does not exist`);
  }
  if (code === 'ENOENT') {
    return new TaskFailure(`'${command}' is not installed here, or not on the PATH of this step`);
  }
  if (code === 'E2BIG') {
    const hint = 'use shorter variables, and pass long values in files';
    return new TaskFailure(`'${command}' is given more than a process can take; ${hint}`);
  }
  return new TaskFailure(`'${command}' could not be started: ${String(error)}`);
}

/** Gives what ends the watch. */
function killOnAbort(child: Child, request: ProcessRequest): () => void {
  const over = new AbortController();
  const group = child.pid;
  if (group === undefined) return () => {};
  const send = (signal: NodeJS.Signals) => {
    request.signalInside?.(signal);
    if (request.signalInside === undefined || signal === 'SIGKILL') signalGroup(group, signal);
  };
  const once = { once: true, signal: over.signal };
  request.signal.addEventListener('abort', () => void kill(send, request, over.signal), once);
  request.hardSignal.addEventListener('abort', () => send('SIGKILL'), once);
  return () => {
    over.abort();
    if (request.signal.aborted || request.hardSignal.aborted) send('SIGKILL');
  };
}

async function kill(
  send: (signal: NodeJS.Signals) => void,
  { ending }: ProcessRequest,
  over: AbortSignal,
): Promise<void> {
  send('SIGINT');
  await delay(ending.interruptMs, undefined, { signal: over }).catch(() => {});
  if (over.aborted) return;
  send('SIGTERM');
  await delay(ending.terminateMs, undefined, { signal: over }).catch(() => {});
  if (!over.aborted) send('SIGKILL');
}
