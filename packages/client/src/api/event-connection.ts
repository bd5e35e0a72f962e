// One connection over which events come, to its end, however that came.

import { clientError } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type ServerEvent, ServerEventParser } from '../http/server-events.ts';

export interface EventConnectionOptions {
  /** Path and query. */
  readonly path: string;
  /** From where to go on; empty for now. */
  readonly lastId: string;
  readonly signal: AbortSignal;
  /** The server shows a sign of life more often. */
  readonly silenceMs: number;
}

/**
 * The events until the connection ends or is silent for too long.
 * @returns the id from which to go on
 * @throws ApiError where there are no events to be had; or the signal's reason
 */
export async function* readConnection(
  http: HttpClient,
  { path, lastId, signal, silenceMs }: EventConnectionOptions,
): AsyncGenerator<ServerEvent, string> {
  const silence = new AbortController();
  const headers = { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) };
  const either = AbortSignal.any([signal, silence.signal]);
  const request = { method: 'GET', path, headers, signal: either } as const;
  const response = await http.send(request, async (answer) => answer);
  assertEvents(response);
  const parser = new ServerEventParser();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    for await (const bytes of response.body ?? []) {
      clearTimeout(timer);
      yield* parser.push(bytes);
      timer = setTimeout(() => silence.abort(), silenceMs);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RangeError) throw error;
    // Lost: whoever reads goes on over another one.
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
  return parser.lastId || lastId;
}

function assertEvents({ headers }: Response): void {
  if (headers.get('content-type')?.startsWith('text/event-stream')) return;
  throw clientError('ANSWER_NOT_UNDERSTOOD', 'the answer is no stream of events');
}
