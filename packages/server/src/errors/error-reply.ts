// The one place where errors become answers, in Azure's shape or in MLflow's. What is ours is
// logged whole.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorAnswer, toErrorAnswer } from './error-answer.ts';
import { toMlflowCode } from './mlflow-code.ts';

/** `{"error": {"code", "message", "details"?}}` */
export function replyWithError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message, details } = prepare(error, request, reply);
  reply.code(status).send({ error: { code, message, details } });
}

/** `{"error_code", "message"}` */
export function replyWithMlflowError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, code, message } = prepare(error, request, reply);
  reply.code(status).send({ error_code: toMlflowCode(code, status), message });
}

/** `{"Error": {"Code", "Message"}}`, with the code in Azure's spelling: `PipelineNotFound`. */
export function replyWithAzureError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, code, message } = prepare(error, request, reply);
  reply.code(status).send({ Error: { Code: toPascalCase(code), Message: message } });
}

function toPascalCase(code: string): string {
  return code
    .toLowerCase()
    .replace(/(?:^|_)([a-z0-9])/g, (_all, first: string) => first.toUpperCase());
}

const noFailures: readonly string[] = ['NOT_IMPLEMENTED', 'ENGINES_ELSEWHERE'];

function prepare(error: unknown, request: FastifyRequest, reply: FastifyReply): ErrorAnswer {
  const answer = toErrorAnswer(error, request);
  // That something is not to be had here is an answer, and no failure.
  const isFailure = answer.status >= 500 && !noFailures.includes(answer.code);
  if (isFailure && !isCallerGone(error, request)) {
    const { method, routeOptions } = request;
    const about = { method, route: routeOptions.url };
    // A fault of the surroundings comes with every request, and the disk that is full may be the log's.
    const what = [503, 507].includes(answer.status)
      ? { code: answer.code, reason: answer.message }
      : { err: error };
    request.log.error({ ...what, ...about }, 'a request failed');
  }
  if (answer.status === 401) reply.header('www-authenticate', challenge(request));
  return answer;
}

// RFC 6750, section 3: what is wrong is said only to who has sent a token.
function challenge({ headers }: FastifyRequest): string {
  const realm = 'Bearer realm="ridgeline"';
  return headers.authorization === undefined ? realm : `${realm}, error="invalid_token"`;
}

// Nobody reads the answer then, and nothing is wrong here.
function isCallerGone(error: unknown, { raw }: FastifyRequest): boolean {
  return raw.readableAborted && (error as { code?: unknown } | null)?.code === 'ECONNRESET';
}
