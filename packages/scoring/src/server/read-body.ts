// Reads a request's body into memory, up to a limit. Owns the limit and the media type; what the
// bytes mean is parse-body.ts.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ScoringError } from '../errors.ts';

/** The caller went away in the middle of its body; there is nobody to answer. */
export class RequestAborted extends Error {}

/** Refuses a body by its headers alone, before a byte of it is read. */
export function checkBodyHeaders(request: IncomingMessage, limitBytes: number): void {
  const mediaType = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(mediaType)) {
    throw unsupported('Content-Type', mediaType || 'none', 'application/json (UTF-8)');
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported('Content-Encoding', encoding, 'identity');
  if (declaredLength(request) > limitBytes) throw tooLarge(limitBytes);
}

/** The length that the headers promise, in bytes; 0 when they promise none. */
export function declaredLength(request: IncomingMessage): number {
  return Number(request.headers['content-length'] ?? 0);
}

/** Stops reading at the limit: what is over it stays on the connection. */
export function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limitBytes: number,
): Promise<Buffer> {
  // A caller that asked first (`Expect: 100-continue`) has passed every check by now.
  if (request.headers.expect !== undefined) response.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let lengthBytes = 0;
    request.on('data', (chunk: Buffer) => {
      lengthBytes += chunk.length;
      if (lengthBytes > limitBytes) {
        request.pause().removeAllListeners('data');
        reject(tooLarge(limitBytes));
      } else {
        chunks.push(chunk);
      }
    });
    request.once('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    request.once('error', () => reject(new RequestAborted()));
    // Every request closes in the end, and an error takes a stack trace's time to make.
    request.once('close', () => {
      if (!request.complete) reject(new RequestAborted());
    });
  });
}

function unsupported(header: string, found: string, expected: string): ScoringError {
  return new ScoringError(
    'REQUEST_MEDIA_TYPE_NOT_SUPPORTED',
    `${header} '${found}' is not supported; send ${expected}`,
  );
}

function tooLarge(limitBytes: number): ScoringError {
  return new ScoringError(
    'REQUEST_BODY_TOO_LARGE',
    `the body is over the limit of ${limitBytes} bytes; send fewer rows at a time`,
  );
}
