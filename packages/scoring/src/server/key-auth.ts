// Key authentication: `Authorization: Bearer <key>`, any of several keys, none meaning off.

import { hash, timingSafeEqual } from 'node:crypto';
import { ScoringError } from '../errors.ts';

/** Throws REQUEST_KEY_INVALID; the message never says how near a wrong key came. */
export type KeyCheck = (authorization: string | undefined) => void;

/** `keys`: each a non-empty string; only their hashes are kept. */
export function createKeyCheck(keys: readonly string[]): KeyCheck {
  if (keys.length === 0) return () => undefined;
  const digests = keys.map(digestOf);
  return (authorization) => {
    const given = /^bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1];
    if (given !== undefined && matchesAny(digestOf(given), digests)) return;
    const found = given === undefined ? 'is missing' : 'is not a key of this service';
    throw new ScoringError(
      'REQUEST_KEY_INVALID',
      `the key ${found}; send the header 'Authorization: Bearer <key>' with a key of this service`,
    );
  };
}

// Digests have one length, so the comparison's time tells nothing about a key's own length.
function digestOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

function matchesAny(digest: Buffer, known: readonly Buffer[]): boolean {
  let matches = false;
  // Every key is compared, so that the time does not tell which one matched.
  for (const candidate of known) matches = timingSafeEqual(digest, candidate) || matches;
  return matches;
}
