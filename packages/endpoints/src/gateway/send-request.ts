// Sends one request to one instance, within the time limit, and says what went wrong if it did.

import type { Dispatcher } from 'undici';
import { EndpointError } from '../errors.ts';
import type { Instance } from '../instance/instance.ts';
import { requestHeaders } from './forwarded-headers.ts';
import type { GatewayRequest } from './gateway-message.ts';
import type { RequestBody } from './request-body.ts';

export interface Sending {
  readonly request: GatewayRequest;
  readonly body: RequestBody;
  /** Aborts with the EndpointError to answer with: time is up, or the caller has gone. */
  readonly signal: AbortSignal;
}

/** The instance went away before any part of the request's body was sent: it may be sent again. */
export class NotSentError extends Error {}

/**
 * Resolves when the answer's headers are there; its body counts as running until it is closed.
 * Rejects with NotSentError, or an EndpointError REQUEST_TIMEOUT, REQUEST_CANCELED,
 * REQUEST_INVALID or INSTANCE_GONE.
 */
export async function sendRequest(
  instance: Instance,
  sending: Sending,
): Promise<Dispatcher.ResponseData> {
  const done = instance.inFlight.begin();
  try {
    const answer = await instance.connections.request(dispatchOptions(instance, sending));
    answer.body.once('close', done);
    // An instance may die before the caller has begun to read: whoever reads then finds a
    // destroyed stream, but an error that nobody listens to would end this process.
    answer.body.on('error', () => {});
    return answer;
  } catch (error) {
    done();
    throw failure(error, sending);
  }
}

function dispatchOptions(instance: Instance, sending: Sending): Dispatcher.RequestOptions {
  const { request, body, signal } = sending;
  const headers = requestHeaders(request.headers, instance.internalKey);
  if (request.body === null) delete headers['content-length'];
  return {
    method: request.method as Dispatcher.HttpMethod,
    path: request.path,
    headers,
    // undici takes any async iterable; its types name streams only.
    body: body.parts() as Dispatcher.DispatchOptions['body'],
    signal,
  };
}

/** Of undici, where it will not send what it was given. */
const refusals = new Set<unknown>(['UND_ERR_INVALID_ARG', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);

function failure(error: unknown, { body, signal }: Sending): Error {
  if (signal.aborted) return signal.reason;
  if (body.brokenOff) {
    return new EndpointError('REQUEST_CANCELED', 'the caller closed the request before its end', {
      cause: error,
    });
  }
  if (error instanceof Error && 'code' in error && refusals.has(error.code)) {
    return new EndpointError('REQUEST_INVALID', `the request is not valid: ${error.message}`, {
      cause: error,
    });
  }
  if (!body.touched) return new NotSentError('the instance went away', { cause: error });
  return new EndpointError(
    'INSTANCE_GONE',
    'the scoring process went away while it worked on this request; whether it was scored is not ' +
      "known. The endpoint's log may say why",
    { cause: error },
  );
}
