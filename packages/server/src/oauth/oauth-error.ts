// What the token endpoints refuse, in the shape and with the codes of Microsoft Entra, which the
// clients that come here know how to read.
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** OAuth's error, the HTTP status, and the code by which Entra's clients tell more. */
const problems = {
  INVALID_REQUEST: ['invalid_request', 400, 900144],
  TENANT_UNKNOWN: ['invalid_request', 400, 90002],
  GRANT_TYPE_UNSUPPORTED: ['unsupported_grant_type', 400, 70003],
  SCOPE_INVALID: ['invalid_scope', 400, 70011],
  RESOURCE_UNKNOWN: ['invalid_resource', 400, 500011],
  CLIENT_UNKNOWN: ['unauthorized_client', 400, 700016],
  PROOF_MISSING: ['invalid_client', 401, 7000218],
  SECRET_WRONG: ['invalid_client', 401, 7000215],
  SECRET_EXPIRED: ['invalid_client', 401, 7000222],
  ASSERTION_INVALID: ['invalid_client', 401, 700027],
  TOO_MANY_TRIES: ['temporarily_unavailable', 429, 50196],
  UNAVAILABLE: ['temporarily_unavailable', 503, 90033],
} as const;

export type OAuthProblem = keyof typeof problems;

export class OAuthError extends Error {
  readonly error: string;
  readonly status: number;
  readonly entraCode: number;

  /** @param message never with a secret. */
  constructor(problem: OAuthProblem, message: string) {
    super(message);
    this.name = 'OAuthError';
    [this.error, this.status, this.entraCode] = problems[problem];
  }
}

/** Answers as RFC 6749, section 5.2, and Entra on top of it. */
export function replyWithOAuthError(reply: FastifyReply, error: OAuthError): FastifyReply {
  const trace = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const { entraCode, message } = error;
  if (error.status === 401) reply.header('www-authenticate', 'Basic realm="ridgeline"');
  if (error.status === 429) reply.header('retry-after', '60');
  return reply.code(error.status).send({
    error: error.error,
    error_description: `AADSTS${entraCode}: ${message} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp}`,
    error_codes: [entraCode],
    timestamp,
    trace_id: trace,
    correlation_id: trace,
  });
}
