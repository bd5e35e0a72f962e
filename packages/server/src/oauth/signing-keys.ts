// The keys that sign this workspace's tokens: kept encrypted as a secret, replaced in time, and
// published until the last token that they signed has ended.
import { randomUUID } from 'node:crypto';
import type { Workspace } from '@ridgeline/workspace';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKey {
  readonly kid: string;
  /** With its private part: it never leaves the server. */
  readonly jwk: JWK;
  readonly createdAt: number;
  /** When it was replaced; null: it is the one that signs. */
  readonly retiredAt: number | null;
}

export interface SigningKeysOptions {
  readonly secrets: Workspace['secrets'];
  readonly now?: () => number;
}

export const algorithm = 'RS256';
const secretName = 'oauth/signing-keys';
const dayMs = 24 * 60 * 60 * 1000;
const rotateAfterMs = 90 * dayMs;
/** Longer than any token lives. */
const publishedAfterMs = dayMs;

export class SigningKeys {
  readonly #secrets: Workspace['secrets'];
  readonly #now: () => number;
  #keys: readonly SigningKey[] | null = null;
  // One change after the other: two at once would each forget the other's key.
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ secrets, now = Date.now }: SigningKeysOptions) {
    this.#secrets = secrets;
    this.#now = now;
  }

  /** The key that signs; the first one is made when it is first needed. */
  async current(): Promise<SigningKey> {
    const keys = await this.#usable();
    const key = keys.find(({ retiredAt }) => retiredAt === null);
    if (key === undefined) throw new Error('there is no key to sign with');
    return key;
  }

  /** All whose tokens may still be about, the newest first. */
  async published(): Promise<readonly SigningKey[]> {
    return this.#usable();
  }

  /** Replaces the key that signs. Tokens of the one before stay valid until they end. */
  rotate(): Promise<SigningKey> {
    return this.#inTurn(async () => this.#replace(await this.#load()));
  }

  #usable(): Promise<readonly SigningKey[]> {
    return this.#inTurn(async () => {
      const keys = await this.#load();
      const current = keys.find(({ retiredAt }) => retiredAt === null);
      const isOld = current === undefined || this.#now() - current.createdAt >= rotateAfterMs;
      if (isOld) await this.#replace(keys);
      return (this.#keys ?? []).filter((key) => this.#isPublished(key));
    });
  }

  async #replace(keys: readonly SigningKey[]): Promise<SigningKey> {
    const now = this.#now();
    const key = await newKey(now);
    const earlier = keys
      .map((old) => ({ ...old, retiredAt: old.retiredAt ?? now }))
      .filter((old) => this.#isPublished(old));
    const all = [key, ...earlier].slice(0, 10);
    await this.#secrets.set(secretName, JSON.stringify(all));
    this.#keys = all;
    return key;
  }

  #isPublished({ retiredAt }: SigningKey): boolean {
    return retiredAt === null || this.#now() - retiredAt < publishedAfterMs;
  }

  async #load(): Promise<readonly SigningKey[]> {
    this.#keys ??= await readKeys(this.#secrets);
    return this.#keys;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** What the world may see of a key. */
export function publicJwk({ kid, jwk }: SigningKey): JWK {
  const { kty, n, e } = jwk;
  return { kty, use: 'sig', alg: algorithm, kid, n, e } as JWK;
}

async function newKey(createdAt: number): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(algorithm, {
    modulusLength: 2048,
    extractable: true,
  });
  return { kid: randomUUID(), jwk: await exportJWK(privateKey), createdAt, retiredAt: null };
}

async function readKeys(secrets: Workspace['secrets']): Promise<readonly SigningKey[]> {
  try {
    return JSON.parse(await secrets.get(secretName));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SECRET_NOT_FOUND') return [];
    throw error;
  }
}
