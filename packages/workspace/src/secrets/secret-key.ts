// The key of a workspace's secrets: from the environment, or from a file that only its owner may
// read. It never lies in the database, so that a copy of the database gives no secret away.
import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { RidgelineError } from '../errors.ts';
import { moveIntoPlace } from '../files/durable-files.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import type { StagingFolder } from '../files/staging-folder.ts';
import { keyBytes } from './cipher.ts';

/** The environment variable that holds the key, in base64, instead of the file. */
export const secretKeyVariable = 'RIDGELINE_SECRET_KEY';

export interface SecretKeyOptions {
  readonly file: string;
  /** On the same file system as `file`. */
  readonly staging: StagingFolder;
  /** The value of RIDGELINE_SECRET_KEY, if it is set. */
  readonly fromEnvironment: string | undefined;
  /** False where secrets exist already: a new key could not read them. */
  readonly mayCreate: boolean;
}

/** @throws RidgelineError SECRET_KEY_INVALID, SECRET_KEY_MISSING */
export async function secretKey(options: SecretKeyOptions): Promise<Uint8Array> {
  if (options.fromEnvironment !== undefined) {
    return parseKey(options.fromEnvironment, `the environment variable ${secretKeyVariable}`);
  }
  const found = await nullIfMissing(readFile(options.file, 'utf8'));
  if (found === null) return createKeyFile(options);
  // A file that was restored from a backup may have come back readable for all.
  await chmod(options.file, 0o600);
  return parseKey(found, `the key file ${options.file}`);
}

async function createKeyFile({ file, staging, mayCreate }: SecretKeyOptions): Promise<Uint8Array> {
  if (!mayCreate) {
    throw new RidgelineError(
      'SECRET_KEY_MISSING',
      `the key file ${file} is missing, and the secrets of this workspace cannot be read without ` +
        `it; restore it from a backup, or set ${secretKeyVariable} to the key`,
    );
  }
  return staging.use(async (staged) => {
    const key = randomBytes(keyBytes);
    await writeFile(staged, `${key.toString('base64')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    await moveIntoPlace(staged, file);
    return key;
  });
}

function parseKey(text: string, where: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  // Node skips what is not base64; a key that was mistyped must not become another key.
  const isBase64 = key.toString('base64').replace(/=+$/, '') === trimmed.replace(/=+$/, '');
  if (isBase64 && key.length === keyBytes) return key;
  const found = isBase64 ? `${key.length} bytes` : 'text that is not base64';
  throw new RidgelineError(
    'SECRET_KEY_INVALID',
    `${where} holds ${found}; expected ${keyBytes} bytes in base64, ` +
      `as 'openssl rand -base64 ${keyBytes}' makes them`,
  );
}
