// Sorts what `fetch` throws: what never reached the server, what broke on the way, and what
// is no failure of the network at all.

import { type ClientErrorCode, clientError } from '../errors.ts';

const refusedCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);
const lostCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * The error to show for what `fetch`, or reading its answer, threw.
 * Anything else (an abort, a full disk while downloading) comes back as it is.
 */
export function fromFetchError(error: unknown, serverUrl: string): unknown {
  if (!(error instanceof TypeError)) return error;
  const reason = reasonOf(error);
  const code = errorCodeOf(error, reason);
  return code === null ? error : clientError(code, messages[code](serverUrl, reason), error);
}

type NetworkErrorCode = Extract<
  ClientErrorCode,
  'CONNECTION_REFUSED' | 'CONNECTION_LOST' | 'SERVER_UNREACHABLE'
>;

const messages: Readonly<Record<NetworkErrorCode, (url: string, reason: string) => string>> = {
  CONNECTION_REFUSED: (url, reason) =>
    `no server answers at ${url} (${reason}); start one with \`ridgeline up\`, or correct the address`,
  CONNECTION_LOST: (url, reason) =>
    `the server at ${url} closed the connection before its answer was whole (${reason})`,
  SERVER_UNREACHABLE: (url, reason) =>
    `the server at ${url} cannot be reached (${reason}); check the address`,
};

function errorCodeOf(error: TypeError, reason: string): NetworkErrorCode | null {
  if (refusedCodes.has(reason)) return 'CONNECTION_REFUSED';
  if (lostCodes.has(reason)) return 'CONNECTION_LOST';
  // `terminated` is undici's word for a body that broke off.
  if (error.message === 'terminated') return 'CONNECTION_LOST';
  return error.message === 'fetch failed' ? 'SERVER_UNREACHABLE' : null;
}

/** The system's code where there is one (`ECONNREFUSED`), else the cause's own words. */
function reasonOf(error: TypeError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
