// The three ids of a request, by the rules of Azure's inference server: what came in goes back,
// what is missing is made. `x-ms-request-id` is the older name for both of the others.

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ScoringError } from '../errors.ts';

export interface RequestIds {
  /** `x-request-id`: names the request in our logs. */
  readonly requestId: string;
  /** `x-ms-request-id`. */
  readonly legacyId: string;
  /** `x-ms-client-request-id`: the caller's own name for it. */
  readonly clientId: string;
}

export const maximumIdLength = 100;

const idHeaders = ['x-request-id', 'x-ms-request-id', 'x-ms-client-request-id'] as const;

export function readRequestIds(headers: IncomingHttpHeaders): RequestIds {
  for (const name of idHeaders) {
    if ((headers[name]?.length ?? 0) > maximumIdLength) {
      throw new ScoringError(
        'REQUEST_ID_TOO_LONG',
        `${name} must not exceed ${maximumIdLength} characters`,
      );
    }
  }
  return idsFrom(headers);
}

export function makeRequestIds(): RequestIds {
  return idsFrom({});
}

function idsFrom(headers: IncomingHttpHeaders): RequestIds {
  const [given, legacy, client] = idHeaders.map((name) => headers[name]?.toString() ?? '');
  const requestId = given || randomUUID();
  return {
    requestId,
    legacyId: legacy || client || requestId,
    clientId: client || legacy || requestId,
  };
}
