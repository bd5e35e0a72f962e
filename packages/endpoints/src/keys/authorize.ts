// Decides whether a request carries one of an endpoint's keys.

import { hash, timingSafeEqual } from 'node:crypto';
import { EndpointError } from '../errors.ts';

/** SHA-256 of a key. All hashes have one length, which a comparison in constant time needs. */
export type KeyHash = Buffer;

export function hashKey(key: string): KeyHash {
  return hash('sha256', key, 'buffer');
}

/**
 * `authorization` is the request's header. Throws KEY_MISSING or KEY_WRONG, both 401, unless it
 * is `Bearer` with one of the keys. Takes the same time whichever key fits, or none.
 */
export function authorize(
  endpointName: string,
  authorization: string | readonly string[] | undefined,
  keys: readonly KeyHash[],
): void {
  const header = typeof authorization === 'string' ? authorization : '';
  const given = /^Bearer +(\S+) *$/i.exec(header)?.[1];
  if (given === undefined) {
    throw new EndpointError(
      'KEY_MISSING',
      `endpoint '${endpointName}' needs the header "Authorization: Bearer KEY"; ${whereKeysAre(endpointName)}`,
    );
  }
  const givenHash = hashKey(given);
  // Not some(): it would stop at the first match.
  const matches = keys.filter((key) => timingSafeEqual(key, givenHash));
  if (matches.length > 0) return;
  throw new EndpointError(
    'KEY_WRONG',
    `the key given for endpoint '${endpointName}' is not one of its two keys; ${whereKeysAre(endpointName)}`,
  );
}

function whereKeysAre(endpointName: string): string {
  return (
    `"ridgeline endpoint keys ${endpointName}" shows them, as does ` +
    `POST /api/v1/endpoints/${endpointName}/listKeys`
  );
}
