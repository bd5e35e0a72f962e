// The way from a scoring address to an instance: key, deployment, sending, answer. Knows nothing of
// how deployments come and go, only which ones an endpoint has at the moment of each request.

import { EndpointError } from '../errors.ts';
import type { Instance } from '../instance/instance.ts';
import { authorize, type KeyHash } from '../keys/authorize.ts';
import { type Choosable, chooseDeployment } from './choose-deployment.ts';
import { answerHeaders } from './forwarded-headers.ts';
import { errorAnswer, type GatewayAnswer, type GatewayRequest } from './gateway-message.ts';
import { RequestBody } from './request-body.ts';
import { NotSentError, type Sending, sendRequest } from './send-request.ts';

export interface RoutedDeployment extends Choosable {
  /** Throws DEPLOYMENT_NOT_READY or DEPLOYMENT_CRASH_LOOP when there is none. */
  readyInstance(): Instance;
}

/** An endpoint as the gateway sees it. */
export interface Route {
  readonly name: string;
  readonly keys: readonly KeyHash[];
  /** Those that may get requests; replaced as a whole when that changes. */
  readonly deployments: readonly RoutedDeployment[];
}

/** Never rejects for what the caller or an instance did wrong: that becomes the answer. */
export async function forwardRequest(
  route: Route,
  request: GatewayRequest,
  requestTimeoutMs: number,
): Promise<GatewayAnswer> {
  try {
    checkPath(request.path);
    if (!isHealthCheck(request)) authorize(route.name, request.headers.authorization, route.keys);
    return await sendInTime(route, request, requestTimeoutMs);
  } catch (error) {
    if (error instanceof EndpointError) return errorAnswer(error);
    throw error;
  }
}

/** `GET /` tells whether the endpoint is healthy, and as on Azure it needs no key. */
function isHealthCheck({ method, path }: GatewayRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/(\?|$)/.test(path);
}

function checkPath(path: string): void {
  // Anything else could be taken for an address of its own by the HTTP client.
  if (path.startsWith('/')) return;
  throw new EndpointError('REQUEST_INVALID', 'the path of a request must begin with a slash');
}

async function sendInTime(
  route: Route,
  request: GatewayRequest,
  requestTimeoutMs: number,
): Promise<GatewayAnswer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(timeoutError(requestTimeoutMs)), requestTimeoutMs);
  const callerGone = () => stop.abort(canceledError());
  request.signal?.addEventListener('abort', callerGone);
  if (request.signal?.aborted) callerGone();
  try {
    const body = new RequestBody(request.body);
    return await sendWithRetry(route, { request, body, signal: stop.signal });
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', callerGone);
  }
}

async function sendWithRetry(route: Route, sending: Sending): Promise<GatewayAnswer> {
  try {
    return await sendToChosen(route, sending);
  } catch (error) {
    if (!(error instanceof NotSentError)) throw error;
  }
  try {
    return await sendToChosen(route, sending);
  } catch (error) {
    if (error instanceof NotSentError) throw restartingError(error);
    throw error;
  }
}

async function sendToChosen(route: Route, sending: Sending): Promise<GatewayAnswer> {
  const wanted = sending.request.headers['azureml-model-deployment'];
  const wantedName = typeof wanted === 'object' ? wanted[0] : wanted;
  const deployment = chooseDeployment(route.deployments, wantedName, Math.random);
  const answer = await sendRequest(deployment.readyInstance(), sending);
  return {
    status: answer.statusCode,
    headers: answerHeaders(answer.headers, deployment.name),
    body: answer.body,
  };
}

function timeoutError(requestTimeoutMs: number): EndpointError {
  return new EndpointError(
    'REQUEST_TIMEOUT',
    `no answer from the scoring process within ${requestTimeoutMs} ms`,
  );
}

function canceledError(): EndpointError {
  return new EndpointError('REQUEST_CANCELED', 'the caller closed the connection');
}

function restartingError(cause: Error): EndpointError {
  return new EndpointError(
    'DEPLOYMENT_NOT_READY',
    'the scoring process has just gone away and is being started again; the request was not ' +
      'sent, try again in a moment',
    { cause },
  );
}
