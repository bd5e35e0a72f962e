// A route of MLflow's API as data: all of them take one object, in the query or in the body, with
// what stands in the path, and give one back.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TObject } from 'typebox';
import type { Access } from '../auth/access.ts';
import type { Touches } from '../auth/touch.ts';
import { placedTouches } from './mlflow-touches.ts';

export interface MlflowRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the prefix of the API, such as `runs/create` or `logged-models/:model_id`. */
  readonly path: string;
  readonly access: Exclude<Access, 'anyone'>;
  /** By the names of its input's fields. */
  readonly touches: Touches;
  readonly summary: string;
  /** The schema of the query of a GET, and else of the body. */
  readonly input: TObject;
  /** The schema of what stands in the path, which is texts. */
  readonly params?: TObject;
  /** Default: the server's own limit. */
  readonly bodyLimitBytes?: number;
  /** Gives what is answered; nothing is an empty object. */
  handle(input: unknown, request: FastifyRequest): Promise<object | undefined>;
}

type Given<Input extends TObject, Params extends TObject> = Omit<
  Static<Input>,
  keyof Static<Params>
> &
  Static<Params>;

/** A route whose handler gets its input in the type of its schemas. */
export function mlflowRoute<
  Input extends TObject,
  Params extends TObject = TObject<Record<never, never>>,
>(
  route: Omit<MlflowRoute, 'input' | 'params' | 'handle'> & {
    readonly input: Input;
    readonly params?: Params;
    handle(
      input: Given<Input, Params>,
      request: FastifyRequest,
      // biome-ignore lint/suspicious/noConfusingVoidType: a handler that gives nothing is `async () => {}`.
    ): Promise<object | void>;
  },
): MlflowRoute {
  return {
    ...route,
    // The schemas have been checked before the handler is called.
    handle: async (input, request) =>
      (await route.handle(input as Given<Input, Params>, request)) ?? undefined,
  };
}

export function addMlflowRoute(app: FastifyInstance, route: MlflowRoute): void {
  const { method, path, access, summary, input, params, bodyLimitBytes } = route;
  const isQuery = method === 'GET';
  const inPath = new Set(Object.keys(params?.properties ?? {}));
  const touches = placedTouches(route.touches, inPath, isQuery ? 'query' : 'body');
  const schema = { tags: ['mlflow'], summary, [isQuery ? 'querystring' : 'body']: input };
  app.route({
    method,
    url: `/mlflow/${path}`,
    config: { access, touches },
    schema: { ...schema, ...(params !== undefined && { params }) },
    bodyLimit: bodyLimitBytes,
    preValidation: async (request) => {
      request.body ??= {};
      if (!isQuery) removeNulls(request.body);
    },
    handler: async (request) => {
      const sent = (isQuery ? request.query : request.body) as object;
      // A client may name it in the body too; the address is what counts.
      const given = params === undefined ? sent : { ...sent, ...(request.params as object) };
      return (await route.handle(given, request)) ?? {};
    },
  });
}

// MLflow's JSON is protobuf's, where null is the same as nothing. No message is nested deeper than
// this, so that deep JSON ends it soon.
const maxDepth = 6;

// In place, as a batch is thousands of objects, of which none need be made again.
function removeNulls(value: unknown, depth = maxDepth): void {
  if (depth === 0 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) removeNulls(item, depth - 1);
    return;
  }
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    if (fields[key] === null) delete fields[key];
    else removeNulls(fields[key], depth - 1);
  }
}
