// Runs a program of this machine to its end, in a process group of its own: at its time limit and
// on a cancel, it and all that it has started are killed. What it prints comes line by line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasSystemCode } from '../../files/fs-errors.ts';
import { toolVariables } from './tool-variables.ts';

export interface ToolCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Standard output and standard error, a line at a time and cut to 2,000 characters. */
  readonly onLine?: (line: string) => void;
}

/** `exitCode`: null where a signal has ended it; `timedOut`: because it took too long. */
export interface ToolEnd {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
}

const maxLineLength = 2_000;

/**
 * Null where there is no such program.
 * @throws the signal's reason when it is aborted
 */
export async function runTool(call: ToolCall): Promise<ToolEnd | null> {
  call.signal?.throwIfAborted();
  const child = spawn(call.command, call.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: toolVariables(),
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT', 'EACCES', 'ENOTDIR')) return null;
    throw error;
  }
  const stop = () => killGroup(child.pid);
  const timer = AbortSignal.timeout(call.timeoutMs);
  const over = call.signal === undefined ? timer : AbortSignal.any([timer, call.signal]);
  over.addEventListener('abort', stop, { once: true });
  // Aborted while it was being started: nobody has told it yet.
  if (over.aborted) stop();
  child.once('exit', stop);
  const [[exitCode]] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    forwardLines(child.stdout, call.onLine ?? (() => {})),
    forwardLines(child.stderr, call.onLine ?? (() => {})),
  ]);
  over.removeEventListener('abort', stop);
  call.signal?.throwIfAborted();
  return { exitCode, timedOut: timer.aborted && exitCode === null };
}

/** Of a line without end, the beginning alone is kept. */
async function forwardLines(
  source: AsyncIterable<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let waiting = '';
  for await (const part of source) {
    const [first = '', ...rest] = decoder.decode(part, { stream: true }).split(/\r?\n/);
    const lines = [(waiting + first).slice(0, maxLineLength), ...rest];
    waiting = (lines.pop() ?? '').slice(0, maxLineLength);
    for (const line of lines) onLine(line.slice(0, maxLineLength));
  }
  if (waiting !== '') onLine(waiting);
}

/** What it has started and left behind goes, too: nothing holds its output open. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!hasSystemCode(error, 'ESRCH', 'EPERM')) throw error;
  }
}

/** What a program prints, at most 1 MiB; null where there is none, or it ends with another code than 0. */
export async function askTool(
  command: string,
  args: readonly string[],
  { timeoutMs = 60_000, signal }: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<string | null> {
  const lines: string[] = [];
  let length = 0;
  const onLine = (line: string) => {
    length += line.length + 1;
    if (length <= 1024 * 1024) lines.push(line);
  };
  const end = await runTool({ command, args, timeoutMs, signal, onLine });
  return end?.exitCode === 0 ? lines.join('\n') : null;
}
