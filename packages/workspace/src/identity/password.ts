// Passwords of people: kept as scrypt makes them, slow to guess and costly in memory.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { checkText, invalid } from '../checks/check-text.ts';

// OWASP's recommendation for scrypt: 64 MiB at N = 2^16.
const cost = { N: 2 ** 16, r: 8, p: 1 } as const;
const keyBytes = 32;
const minLength = 12;
const maxLength = 256;

/** @throws RidgelineError INVALID_PARAMETER_VALUE, without the password. */
export function checkPassword(value: unknown): string {
  const length = typeof value === 'string' ? [...value].length : 0;
  if (typeof value !== 'string' || length < minLength || value.length > maxLength) {
    throw invalid(
      `a password must have ${minLength} to ${maxLength} characters; a sentence is a good one`,
    );
  }
  return checkText('password', value.normalize('NFKC'), maxLength * 4);
}

/** Such as `scrypt$65536$8$1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return [
    'scrypt',
    cost.N,
    cost.r,
    cost.p,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$');
}

/**
 * Takes as long for a person who is not there, or has no password.
 * @param kept what `hashPassword` gave, or null.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, n, r, p, salt = '', expected = ''] = (kept ?? nobody).split('$');
  const options = { N: Number(n), r: Number(r), p: Number(p) };
  const key = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), options);
  const wanted = Buffer.from(expected, 'base64url');
  return wanted.length === key.length && timingSafeEqual(key, wanted) && kept !== null;
}

const nobody = ['scrypt', cost.N, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join(
  '$',
);

// One at a time: guesses that come in a crowd must not take the machine's memory.
let previous: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  const next = previous.then(() => deriveNow(password, salt, options));
  previous = next.catch(() => undefined);
  return next;
}

function deriveNow(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(password, salt, keyBytes, { ...options, maxmem: 128 * 1024 * 1024 }, (error, key) =>
    error === null ? resolve(key) : reject(error),
  );
  return promise;
}
