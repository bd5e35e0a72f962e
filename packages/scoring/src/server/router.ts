// Path and method to route, in the order 431, 404, 405, 401; then the route, then its answer.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ScoringError } from '../errors.ts';
import { type Answer, type Exchange, sendAnswer } from './exchange.ts';
import { describeFailure, failureAnswer } from './failure.ts';
import type { KeyCheck } from './key-auth.ts';
import type { ScoringLog } from './log.ts';
import { RequestAborted } from './read-body.ts';
import { makeRequestIds, type RequestIds, readRequestIds } from './request-ids.ts';

export interface Route {
  readonly methods: readonly string[];
  readonly needsKey: boolean;
  handle(exchange: Exchange): Answer | Promise<Answer>;
}

export type Routes = ReadonlyMap<string, Route>;

export interface RouterOptions {
  readonly routes: Routes;
  readonly checkKey: KeyCheck;
  readonly log: ScoringLog;
  isDraining(): boolean;
}

export function createRequestListener(options: RouterOptions): RequestListener {
  return (request, response) => {
    void serve(request, response, options);
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: RouterOptions,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const { ids, tooLong } = identify(request);
  const exchange = { request, response, ids, query };
  let answer: Answer;
  try {
    if (tooLong !== null) throw tooLong;
    answer = await findRoute(path, request, options).handle(exchange);
  } catch (error) {
    if (error instanceof RequestAborted) return;
    options.log.error(ids.requestId, describeFailure(error));
    answer = withAllow(failureAnswer(error), options.routes.get(path));
  }
  sendAnswer(exchange, answer, options.isDraining());
}

function identify(request: IncomingMessage): { ids: RequestIds; tooLong: unknown } {
  try {
    return { ids: readRequestIds(request.headers), tooLong: null };
  } catch (tooLong) {
    return { ids: makeRequestIds(), tooLong };
  }
}

function findRoute(path: string, request: IncomingMessage, options: RouterOptions): Route {
  const method = request.method ?? 'GET';
  const route = options.routes.get(path);
  if (route === undefined) {
    const known = [...options.routes.keys()].join(', ');
    throw new ScoringError('REQUEST_ROUTE_NOT_FOUND', `there is nothing here; there is ${known}`);
  }
  if (!route.methods.includes(method)) {
    throw new ScoringError(
      'REQUEST_METHOD_NOT_ALLOWED',
      `Method not allowed: use ${route.methods.join(', ')}`,
    );
  }
  // A browser's preflight cannot carry a key, and tells nothing that is not public.
  if (route.needsKey && method !== 'OPTIONS') options.checkKey(request.headers.authorization);
  return route;
}

function withAllow(answer: Answer, route: Route | undefined): Answer {
  if (answer.status !== 405 || route === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, allow: route.methods.join(', ') } };
}
