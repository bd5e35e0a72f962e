// Encrypts single values with AES-256-GCM. Knows bytes and a key; where they are kept, others say.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key. */
export const keyBytes = 32;

const algorithm = 'aes-256-gcm';
// NIST SP 800-38D: a nonce of 96 bits, a tag of 128.
const nonceBytes = 12;
const tagBytes = 16;

export interface Encrypted {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** @param name bound to the value: under another name it cannot be decrypted. */
export function encrypt(key: Uint8Array, name: string, value: string): Encrypted {
  // A nonce at random for every value: a counter would repeat after a restored backup.
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(name));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return { nonce, ciphertext, tag: cipher.getAuthTag() };
}

/** The value, or null where key, name or bytes are not those of `encrypt`. */
export function decrypt(key: Uint8Array, name: string, encrypted: Encrypted): string | null {
  try {
    const { nonce, ciphertext, tag } = encrypted;
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    // The only thing that the library tells apart here is which check failed.
    return null;
  }
}
