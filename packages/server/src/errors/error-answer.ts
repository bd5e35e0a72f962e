// What is told of an error: what a caller caused, with its code; of all else only that it happened.
import { isDiskFull } from '@ridgeline/workspace';
import type { FastifyError, FastifyRequest } from 'fastify';
import { ServerError } from './server-error.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What else helps to find the cause, such as the last lines of a log. */
  readonly details?: string | undefined;
}

/** @param error anything that was thrown; an Error with a string `code` and a numeric `status` is a caller's. */
export function toErrorAnswer(error: unknown, request: FastifyRequest): ErrorAnswer {
  if (isUserError(error)) {
    const { status, code, message, details } = error;
    return { status, code, message, details: typeof details === 'string' ? details : undefined };
  }
  if (isDiskFull(error)) return new ServerError('DISK_FULL', diskFull);
  return isFrameworkError(error) ? frameworkAnswer(error, request) : internalAnswer;
}

const diskFull =
  'the disk of the server is full, so nothing of this was kept; make room there and try again';

const internalAnswer: ErrorAnswer = {
  status: 500,
  code: 'INTERNAL_ERROR',
  message: 'something went wrong in the server; its log says what',
};

interface UserError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details?: unknown;
}

function isUserError(error: unknown): error is UserError {
  if (!(error instanceof Error)) return false;
  const { code, status } = error as { code?: unknown; status?: unknown };
  return typeof code === 'string' && typeof status === 'number';
}

// The HTTP framework refuses bodies and addresses that it cannot read.
function isFrameworkError(error: unknown): error is FastifyError & { statusCode: number } {
  if (!(error instanceof Error)) return false;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isClients = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return isClients && typeof code === 'string' && code.startsWith('FST_');
}

function frameworkAnswer(
  { statusCode: status, message }: FastifyError & { statusCode: number },
  request: FastifyRequest,
): ErrorAnswer {
  switch (status) {
    case 413: {
      const limit = request.routeOptions.bodyLimit;
      const tooLarge = `the body is over the limit of ${limit} bytes; send less at once`;
      return { status, code: 'REQUEST_TOO_LARGE', message: tooLarge };
    }
    case 415: {
      const type = request.headers['content-type'] ?? '';
      const unknown = `content-type '${type}' is not understood here; send application/json`;
      return { status, code: 'UNSUPPORTED_MEDIA_TYPE', message: unknown };
    }
    default:
      return { status, code: 'INVALID_PARAMETER_VALUE', message };
  }
}
