// One place where errors become answers. What a caller caused is told with its code; all else is
// ours: it is logged whole, and the caller learns only that it happened.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** @param error anything that was thrown: an Error with a string `code` and a numeric `status` is a caller's. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  if (isUserError(error)) {
    return { status: error.status, code: error.code, message: error.message };
  }
  return frameworkError(error as Partial<FastifyError>) ?? internalError;
}

/** Azure's shape of an error. */
export function replyWithError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message } = prepare(error, request, reply);
  reply.code(status).send({ error: { code, message } });
}

/** MLflow's shape of an error. */
export function replyWithMlflowError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, code, message } = prepare(error, request, reply);
  reply.code(status).send({ error_code: code, message });
}

const internalError: ErrorAnswer = {
  status: 500,
  code: 'INTERNAL_ERROR',
  message: 'something went wrong in the server; its log says what',
};

function prepare(error: unknown, request: FastifyRequest, reply: FastifyReply): ErrorAnswer {
  const answer = toErrorAnswer(error);
  if (answer.status >= 500) request.log.error(error);
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer realm="ridgeline"');
  return answer;
}

function isUserError(error: unknown): error is Error & { code: string; status: number } {
  const { code, status } = error as { code?: unknown; status?: unknown };
  return error instanceof Error && typeof code === 'string' && typeof status === 'number';
}

const codeByStatus: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_PARAMETER_VALUE'],
  [404, 'ROUTE_NOT_FOUND'],
  [413, 'REQUEST_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

// The HTTP framework refuses what does not fit a route's schema, and bodies that it cannot read.
function frameworkError(error: Partial<FastifyError>): ErrorAnswer | null {
  const code = codeByStatus.get(error.statusCode ?? 0);
  if (code === undefined || error.statusCode === undefined) return null;
  return { status: error.statusCode, code, message: error.message ?? code };
}
