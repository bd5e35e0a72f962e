// A stored file as an answer.
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Never shown in a browser as a page of this server: what is stored was written by others. */
export function sendFile(
  reply: FastifyReply,
  path: string,
  content: { readonly stream: Readable; readonly sizeBytes: number },
): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodedName(path)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-length', content.sizeBytes)
    .type('application/octet-stream')
    .send(content.stream);
}

/** The last part of a path, as RFC 8187 has it: stricter than a URL's parts. */
function encodedName(path: string): string {
  const name = encodeURIComponent(path.split('/').at(-1) ?? '');
  return name.replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
