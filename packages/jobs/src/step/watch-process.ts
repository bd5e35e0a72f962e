// Stands by a step's process until it ends, and ends it when it has to: on a cancel, at its time
// limit, or when its log grows past all bounds.
import { setTimeout as delay } from 'node:timers/promises';
import { folderSizeBytes } from './folder-size.ts';
import { logSizeBytes } from './step-log.ts';
import type { StopCause } from './step-outcome.ts';
import type { StepProcess } from './supervise.ts';

export interface WatchOptions {
  readonly logFile: string;
  /** All that the step writes for the engine; its inputs and what it does elsewhere do not count. */
  readonly folder: string;
  /** Milliseconds until the step is stopped; Infinity for no limit. */
  readonly timeoutMs: number;
  /** The log may grow to so many bytes. */
  readonly maxLogBytes: number;
  /** The folder may grow to so many bytes. */
  readonly maxStepBytes: number;
  /** From SIGTERM to SIGKILL, in milliseconds. */
  readonly killGraceMs: number;
  /** Aborted when the step is to be stopped; its reason is a `StopRequest`. */
  readonly signal: AbortSignal;
}

/** Why and how a step is stopped. */
export interface StopRequest {
  /** `halted`: the server ends, and a later one starts the step anew. */
  readonly cause: 'canceled' | 'halted';
  /** How long the step may go on by itself before it is told to stop: it asked for this itself. */
  readonly spareMs: number;
}

export interface WatchedEnd {
  readonly exitCode: number | null;
  readonly stopCause: StopCause | null;
}

const logCheckMs = 200;
const folderCheckMs = 1_000;

export async function watchProcess(
  process: StepProcess,
  options: WatchOptions,
): Promise<WatchedEnd> {
  const ended = process.ended();
  const over = new AbortController();
  const causes = [
    waitForCancel(options.signal, over.signal),
    waitForTimeout(options.timeoutMs, over.signal),
    waitForLargeLog(options.logFile, options.maxLogBytes, over.signal),
    waitForLargeFolder(options.folder, options.maxStepBytes, over.signal),
  ];
  try {
    const stopCause = await Promise.race([ended.then(() => null), ...causes]);
    if (stopCause !== null) await stop(process, ended, options.killGraceMs);
    return { exitCode: await ended, stopCause };
  } finally {
    over.abort();
  }
}

async function stop(
  process: StepProcess,
  ended: Promise<unknown>,
  killGraceMs: number,
): Promise<void> {
  const over = new AbortController();
  process.signal('SIGTERM');
  const inTime = await Promise.race([
    ended.then(() => true),
    delay(killGraceMs, false, { signal: over.signal }).catch(() => true),
  ]);
  over.abort();
  if (!inTime) process.signal('SIGKILL');
}

async function waitForCancel(signal: AbortSignal, over: AbortSignal): Promise<StopCause> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: over });
  });
  const { cause, spareMs } = signal.reason as StopRequest;
  await delay(spareMs, undefined, { signal: over }).catch(() => {});
  return cause;
}

async function waitForTimeout(timeoutMs: number, over: AbortSignal): Promise<StopCause> {
  if (timeoutMs === Number.POSITIVE_INFINITY) return new Promise<never>(() => {});
  await waitAtMost(timeoutMs, over);
  return 'timed out';
}

async function waitForLargeLog(
  file: string,
  maxBytes: number,
  over: AbortSignal,
): Promise<StopCause> {
  while (!over.aborted && ((await logSizeBytes(file)) ?? 0) <= maxBytes) {
    await delay(logCheckMs, undefined, { signal: over }).catch(() => {});
  }
  return 'log too large';
}

async function waitForLargeFolder(
  folder: string,
  maxBytes: number,
  over: AbortSignal,
): Promise<StopCause> {
  for (let pauseMs = folderCheckMs; !over.aborted; ) {
    await delay(pauseMs, undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    const begun = performance.now();
    if ((await folderSizeBytes(folder, maxBytes)) > maxBytes) break;
    // Looking takes at most a twentieth of the time, however many files there are.
    pauseMs = Math.max(folderCheckMs, 20 * (performance.now() - begun));
  }
  return 'folder too large';
}

// A timer holds 2^31 - 1 milliseconds, about 24 days; longer waits take several.
const longestTimerMs = 2 ** 31 - 1;

async function waitAtMost(durationMs: number, over: AbortSignal): Promise<void> {
  for (let left = durationMs; left > 0 && !over.aborted; left -= longestTimerMs) {
    const part = Math.min(left, longestTimerMs);
    await delay(part, undefined, { signal: over }).catch(() => {});
  }
}
