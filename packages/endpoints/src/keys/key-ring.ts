// The two keys of each endpoint: made, kept encrypted among the workspace's secrets, renewed.

import { randomBytes } from 'node:crypto';
import type { EndpointKeys, KeyType } from '../endpoint/endpoint.ts';
import { quoted } from '../endpoint/names.ts';
import type { EndpointWorkspace } from '../endpoint-workspace.ts';
import { EndpointError } from '../errors.ts';

const keyTypes: readonly KeyType[] = ['Primary', 'Secondary'];

export class KeyRing {
  readonly #secrets: EndpointWorkspace['secrets'];

  constructor(secrets: EndpointWorkspace['secrets']) {
    this.#secrets = secrets;
  }

  /** The endpoint's keys; one that does not exist yet is made. */
  async keysOf(endpointName: string): Promise<EndpointKeys> {
    return {
      primaryKey: await this.#getOrMake(endpointName, 'Primary'),
      secondaryKey: await this.#getOrMake(endpointName, 'Secondary'),
    };
  }

  /** Replaces one key and leaves the other. Throws KEY_TYPE_INVALID. */
  async regenerate(endpointName: string, type: KeyType): Promise<EndpointKeys> {
    if (!keyTypes.includes(type)) {
      throw new EndpointError(
        'KEY_TYPE_INVALID',
        `key type ${quoted(type)} is not known; it is "Primary" or "Secondary"`,
      );
    }
    await this.#secrets.set(secretName(endpointName, type), newKey());
    return this.keysOf(endpointName);
  }

  async forget(endpointName: string): Promise<void> {
    for (const type of keyTypes) await this.#secrets.delete(secretName(endpointName, type));
  }

  async #getOrMake(endpointName: string, type: KeyType): Promise<string> {
    const name = secretName(endpointName, type);
    try {
      return await this.#secrets.get(name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const key = newKey();
      await this.#secrets.set(name, key);
      return key;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SECRET_NOT_FOUND';
}

/** 256 random bits as 43 characters that need no escaping in headers, shells and URLs. */
function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function secretName(endpointName: string, type: KeyType): string {
  return `endpoints/${endpointName}/${type.toLowerCase()}-key`;
}
