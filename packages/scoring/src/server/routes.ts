// The three routes of Azure's inference server: `/`, `/score` and `/swagger.json`.

import { ScoringError } from '../errors.ts';
import type { RequestHeaders, ScoringHandler } from '../handler/scoring-handler.ts';
import { type Answer, type Exchange, jsonAnswer } from './exchange.ts';
import { invokeRun } from './invoke-run.ts';
import { type Body, checkBody, parseBody } from './parse-body.ts';
import { checkBodyHeaders, readBody } from './read-body.ts';
import type { Route, Routes } from './router.ts';
import { buildSwagger, type SwaggerOptions } from './swagger.ts';

export interface RouteOptions extends SwaggerOptions {
  readonly handler: ScoringHandler;
  readonly bodyLimitBytes: number;
  readonly timeoutMs: number;
}

export function createRoutes(options: RouteOptions): Routes {
  return new Map([
    ['/', healthRoute],
    ['/score', scoreRoute(options)],
    ['/swagger.json', swaggerRoute(options)],
  ]);
}

// Azure's server answers with Flask's default type; a probe reads the word only.
const healthRoute: Route = {
  methods: ['GET', 'HEAD'],
  needsKey: false,
  handle: () => ({ status: 200, contentType: 'text/html; charset=utf-8', body: 'Healthy' }),
};

function swaggerRoute(options: RouteOptions): Route {
  const documents = new Map([
    ['2', JSON.stringify(buildSwagger(2, options.handler, options))],
    ['3', JSON.stringify(buildSwagger(3, options.handler, options))],
  ]);
  return {
    methods: ['GET', 'HEAD'],
    needsKey: true,
    handle: ({ query }) => {
      const version = new URLSearchParams(query).get('version') ?? '2';
      const document = documents.get(version);
      if (document !== undefined) return jsonAnswer(200, document);
      throw new ScoringError(
        'REQUEST_SWAGGER_VERSION_NOT_FOUND',
        `Swagger version [${version}] is not supported; use version=2 or version=3`,
      );
    },
  };
}

const scoreMethods = ['GET', 'OPTIONS', 'POST'];

function scoreRoute(options: RouteOptions): Route {
  return {
    methods: scoreMethods,
    needsKey: true,
    handle: (exchange) =>
      exchange.request.method === 'OPTIONS'
        ? jsonAnswer(200, '', { allow: scoreMethods.join(', ') })
        : score(exchange, options),
  };
}

async function score(exchange: Exchange, options: RouteOptions): Promise<Answer> {
  const { handler, timeoutMs } = options;
  const body = await bodyOf(exchange, options);
  const { requestId } = exchange.ids;
  const headers = headersForRun(exchange);
  const result = await invokeRun(handler, { requestId, body, headers, timeoutMs });
  return jsonAnswer(200, result.text, { 'x-ms-run-fn-exec-ms': result.elapsedMs.toFixed(3) });
}

async function bodyOf(
  { request, response, query }: Exchange,
  options: RouteOptions,
): Promise<Body> {
  const check = options.handler.checkInput;
  if (request.method === 'GET') return checkBody(bodyFromQuery(query), check);
  checkBodyHeaders(request, options.bodyLimitBytes);
  return parseBody(await readBody(request, response, options.bodyLimitBytes), check);
}

/** `?data=[[1,2]]` stands for `{"data": [[1,2]]}`; what is not JSON is a string. */
function bodyFromQuery(query: string): Body {
  return Object.fromEntries(
    Array.from(new URLSearchParams(query), ([name, value]) => [name, jsonOrText(value)]),
  );
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// A script may log what it gets, so the key and cookies are left out; the ids are always there.
function headersForRun({ request, ids }: Exchange): RequestHeaders {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'authorization' || name === 'cookie' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  headers['x-request-id'] = ids.requestId;
  headers['x-ms-request-id'] = ids.legacyId;
  headers['x-ms-client-request-id'] = ids.clientId;
  return headers;
}
