// The content of secure files among the workspace's secrets, encrypted: a secret holds a limited text,
// so a file is many of them. Of what comes in, one piece at a time is in memory.
import type { Secrets } from '@ridgeline/workspace';
import { DeliveryError } from '../../errors.ts';
import type { SecretChanges } from '../asset-secrets.ts';

/** As Azure DevOps has it. */
export const maxFileBytes = 10 * 1024 * 1024;
/** In Base64 these are the 100,000 characters of a secret. */
const pieceBytes = 75_000;

export interface KeptContent {
  readonly sizeBytes: number;
  readonly secretNames: readonly string[];
}

/** @throws DeliveryError SECURE_FILE_TOO_LARGE, SECURE_FILE_INVALID where there is nothing in it */
export async function keepContent(
  name: string,
  content: AsyncIterable<Uint8Array>,
  secrets: SecretChanges,
): Promise<KeptContent> {
  const secretNames: string[] = [];
  let sizeBytes = 0;
  for await (const piece of piecesOf(name, content)) {
    sizeBytes += piece.length;
    secretNames.push(await secrets.keep(piece.toString('base64')));
  }
  if (sizeBytes === 0)
    throw new DeliveryError('SECURE_FILE_INVALID', `the secure file '${name}' is empty`);
  return { sizeBytes, secretNames };
}

async function* piecesOf(name: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxFileBytes) throw tooLarge(name);
    waiting = Buffer.concat([waiting, chunk]);
    for (; waiting.length >= pieceBytes; waiting = waiting.subarray(pieceBytes))
      yield waiting.subarray(0, pieceBytes);
  }
  if (waiting.length > 0) yield waiting;
}

/** @throws RidgelineError SECRET_NOT_FOUND, SECRET_KEY_WRONG */
export async function readContent(
  secretNames: readonly string[],
  secrets: Secrets,
): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for (const name of secretNames) pieces.push(Buffer.from(await secrets.get(name), 'base64'));
  return Buffer.concat(pieces);
}

function tooLarge(name: string): DeliveryError {
  const message = `the secure file '${name}' is larger than ${maxFileBytes / 1024 / 1024} MB; what is large belongs on a datastore`;
  return new DeliveryError('SECURE_FILE_TOO_LARGE', message);
}
