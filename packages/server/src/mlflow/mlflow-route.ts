// A route of MLflow's API as data: all of them take one object, in the query or in the body, and
// give one back.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TObject } from 'typebox';
import type { Access } from '../auth/access.ts';

export interface MlflowRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the prefix of the API, such as `runs/create`. */
  readonly path: string;
  readonly access: Exclude<Access, 'anyone'>;
  readonly summary: string;
  /** The schema of the query of a GET, and else of the body. */
  readonly input: TObject;
  /** Default: the server's own limit. */
  readonly bodyLimitBytes?: number;
  /** Gives what is answered; nothing is an empty object. */
  handle(input: unknown, request: FastifyRequest): Promise<object | undefined>;
}

/** A route whose handler gets its input in the type of its schema. */
export function mlflowRoute<Input extends TObject>(
  route: Omit<MlflowRoute, 'input' | 'handle'> & {
    readonly input: Input;
    // biome-ignore lint/suspicious/noConfusingVoidType: a handler that gives nothing is `async () => {}`.
    handle(input: Static<Input>, request: FastifyRequest): Promise<object | void>;
  },
): MlflowRoute {
  return {
    ...route,
    // The schema has been checked before the handler is called.
    handle: async (input, request) =>
      (await route.handle(input as Static<Input>, request)) ?? undefined,
  };
}

export function addMlflowRoute(app: FastifyInstance, route: MlflowRoute): void {
  const { method, path, access, summary, input, bodyLimitBytes } = route;
  const isQuery = method === 'GET';
  app.route({
    method,
    url: `/mlflow/${path}`,
    config: { access },
    schema: { tags: ['mlflow'], summary, [isQuery ? 'querystring' : 'body']: input },
    bodyLimit: bodyLimitBytes,
    preValidation: async (request) => {
      if (!isQuery) request.body = withoutNulls(request.body ?? {});
    },
    handler: async (request) =>
      (await route.handle(isQuery ? request.query : request.body, request)) ?? {},
  });
}

// MLflow's JSON is protobuf's, where null is the same as nothing. No message is nested deeper than
// this, so that deep JSON ends it soon.
const maxDepth = 6;

function withoutNulls(value: unknown, depth = maxDepth): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth - 1));
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item, depth - 1)]));
}
