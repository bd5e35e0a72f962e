// Asks a scoring service that may still be starting: what may pass by itself (a connection that
// fails, a server's own error, "too slow" and "too many") is tried again, and any other refusal is
// a failure at once.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProjectError } from '../shared/project-error.ts';

export interface ServiceCall {
  readonly url: string;
  readonly key: string;
  readonly body: unknown;
  /** 1 or more. */
  readonly tries: number;
  readonly pauseMs: number;
}

/** The answer's JSON. @throws ProjectError SMOKE_TEST_FAILED with the last cause. */
export async function callService(call: ServiceCall): Promise<unknown> {
  for (let tryNumber = 1; ; tryNumber++) {
    const outcome = await callOnce(call);
    if (outcome.ok) return outcome.answer;
    if (!outcome.mayPass || tryNumber === call.tries) {
      const tries = tryNumber === 1 ? '' : ` after ${tryNumber} tries`;
      throw new ProjectError('SMOKE_TEST_FAILED', `${call.url}${tries}: ${outcome.cause}`);
    }
    console.log(outcome.cause);
    console.log('Retrying...');
    await sleep(call.pauseMs);
  }
}

type Outcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly mayPass: boolean; readonly cause: string };

async function callOnce({ url, key, body }: ServiceCall): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        traceparent: newTraceparent(),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, answer: parseAnswer(text) };
    const cause = `the service answered ${response.status}: ${text}`;
    return { ok: false, mayPass: mayPass(response.status), cause };
  } catch (error) {
    return { ok: false, mayPass: true, cause: causeOf(error) };
  }
}

function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** W3C Trace Context: version, trace id, parent id, flags. */
function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

/** An answer that is no JSON is handed on as text: the check of the answer says what is wrong. */
function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
