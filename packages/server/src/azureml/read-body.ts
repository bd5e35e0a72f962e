// Bodies as Azure ML takes them: JSON whatever the content type says, nothing at all, and keys in
// any case.
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

/** For all routes of `app`, which must be a scope of its own. An empty body is an empty object. */
export function readAnyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseBody(body),
  );
}

function parseBody(bytes: Buffer): unknown {
  const text = decode(bytes);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new ServerError('INVALID_PARAMETER_VALUE', `the body is not JSON: ${message}`);
  }
}

// A mark of the byte order at the beginning goes with the decoding.
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ServerError(
      'INVALID_PARAMETER_VALUE',
      'the body is not UTF-8; in PowerShell send it as [System.Text.Encoding]::UTF8.GetBytes($body)',
    );
  }
}

/** What is known by each key, in its lower case. */
export type KnownKeys = ReadonlyMap<string, string>;

export function knownKeys(keys: readonly string[]): KnownKeys {
  return new Map(keys.map((key) => [key.toLowerCase(), key]));
}

/**
 * An object with its keys in the spelling that is known; what is not known, or is null, is left out.
 * A key that stands there twice in two spellings has the objects of both.
 */
export function withKnownKeys(value: unknown, known: KnownKeys): unknown {
  if (!isObject(value)) return value ?? {};
  const found = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const name = known.get(key.toLowerCase());
    if (name === undefined || inner === null) continue;
    const earlier = found.get(name);
    found.set(name, isObject(earlier) && isObject(inner) ? { ...earlier, ...inner } : inner);
  }
  return Object.fromEntries(found);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
