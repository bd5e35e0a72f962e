// What a token is: 256 random bits behind a prefix by which people and secret scanners know it.
import { hash, randomBytes } from 'node:crypto';

const prefix = 'rdg_';

/** Such as rdg_ and 43 characters that need no escaping in headers, shells and URLs. */
export function newToken(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** Whether a text can be a token at all: it keeps what is not from being hashed and looked up. */
export function isTokenShaped(text: string): boolean {
  return /^rdg_[A-Za-z0-9_-]{43}$/.test(text);
}

/**
 * What is kept of a token: 64 hexadecimal digits. A plain hash is enough, because 256 random bits
 * cannot be guessed; only passwords need a slow one.
 */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}
