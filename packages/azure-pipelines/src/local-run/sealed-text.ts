// A text that only who has the key can read, and that nobody can change unseen. The key is made when
// it is first needed, in a file of its own that only its owner may read.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from './disk-error.ts';
import { LocalRunError } from './local-run-error.ts';
import { makeFolder } from './make-folder.ts';

/** All in base64. */
export interface SealedText {
  readonly nonce: string;
  readonly tag: string;
  readonly text: string;
}

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;

/** @throws LocalRunError KEY_UNUSABLE */
export function sealText(text: string, keyFile: string): SealedText {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(keyFile), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: sealed.toString('base64'),
  };
}

/** @throws LocalRunError KEY_UNUSABLE; an error where the key is another, or the text was changed */
export function openSealed({ nonce, tag, text }: SealedText, keyFile: string): string {
  const cipher = createDecipheriv(algorithm, keyOf(keyFile), Buffer.from(nonce, 'base64'));
  cipher.setAuthTag(Buffer.from(tag, 'base64'));
  return cipher.update(text, 'base64', 'utf8') + cipher.final('utf8');
}

function keyOf(file: string): Buffer {
  try {
    const key = readFileSync(file);
    if (key.length === keyBytes) return key;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return makeKey(file);
    throw unusable(file, error);
  }
  throw unusable(file);
}

function makeKey(file: string): Buffer {
  const key = randomBytes(keyBytes);
  try {
    makeFolder(path.dirname(file));
    writeFileSync(file, key, { flag: 'wx', mode: 0o600 });
    return key;
  } catch (error) {
    // Another command was faster.
    if (codeOf(error) === 'EEXIST') return keyOf(file);
    throw unusable(file, error);
  }
}

function unusable(file: string, cause?: unknown): LocalRunError {
  const message = `${file}, the key that seals secret outputs, cannot be used; delete it or name another folder in RIDGELINE_CONFIG_DIR, and start the run anew`;
  return new LocalRunError('KEY_UNUSABLE', message, { cause });
}
