// Calls a handler's `run`, sync or async, within the time limit, and turns its answer to text.

import { ScoringError } from '../errors.ts';
import { runInRequest } from '../handler/request-context.ts';
import type { RequestBody, RequestHeaders, ScoringHandler } from '../handler/scoring-handler.ts';
import { scriptFailureMessage } from './failure.ts';

export interface RunResult {
  /** The answer as JSON. */
  readonly text: string;
  readonly elapsedMs: number;
}

export interface RunCall {
  readonly requestId: string;
  readonly body: RequestBody;
  readonly headers: RequestHeaders;
  readonly timeoutMs: number;
}

/** Throws SCORING_SCRIPT_RUN_FAILED or SCORING_SCRIPT_TIMEOUT. */
export async function invokeRun(handler: ScoringHandler, call: RunCall): Promise<RunResult> {
  const startedAt = performance.now();
  const answer = await callRun(handler, call);
  const elapsedMs = performance.now() - startedAt;
  // A script that never awaits holds the event loop, so its lateness shows only afterwards.
  if (elapsedMs > call.timeoutMs) throw timeout(call.timeoutMs);
  return { text: toJson(answer, handler), elapsedMs };
}

async function callRun(handler: ScoringHandler, call: RunCall): Promise<unknown> {
  try {
    const returned = runInRequest(call.requestId, () =>
      handler.run(call.body.data, call.headers, call.body),
    );
    return isThenable(returned) ? await withTimeout(returned, call.timeoutMs) : returned;
  } catch (error) {
    if (error instanceof ScoringError) throw error;
    throw runFailed(error);
  }
}

async function withTimeout(work: PromiseLike<unknown>, timeoutMs: number): Promise<unknown> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(timeout(timeoutMs)), timeoutMs);
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

function toJson(answer: unknown, handler: ScoringHandler): string {
  const finding = handler.checkOutput(answer);
  if (finding !== null) throw runFailed(new Error(`the answer breaks outputSchema: ${finding}`));
  try {
    const text = JSON.stringify(answer);
    if (typeof text === 'string') return text;
  } catch (error) {
    throw runFailed(error);
  }
  throw runFailed(new Error(`run() returned ${typeof answer}, which is not JSON`));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function timeout(timeoutMs: number): ScoringError {
  return new ScoringError('SCORING_SCRIPT_TIMEOUT', `Scoring timeout after ${timeoutMs} ms`);
}

function runFailed(cause: unknown): ScoringError {
  return new ScoringError('SCORING_SCRIPT_RUN_FAILED', scriptFailureMessage, { cause });
}
