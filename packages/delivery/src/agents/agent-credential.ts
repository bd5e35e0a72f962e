// What an agent signs in with: 256 random bits behind a prefix of their own, so that no other route
// ever takes them for a token.
import { hash, randomBytes } from 'node:crypto';

const prefix = 'rda_';

export function newCredential(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** Whether a text can be an agent's credential at all. */
export function isAgentCredential(text: string): boolean {
  return /^rda_[A-Za-z0-9_-]{43}$/.test(text);
}

/** What is kept of it: as many bits as it has, so no salt is needed. */
export function credentialHash(credential: string): string {
  return hash('sha256', credential, 'hex');
}
