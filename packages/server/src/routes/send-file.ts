// A stored file as an answer.
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Never shown in a browser as a page of this server: what is stored was written by others. */
export function sendFile(
  reply: FastifyReply,
  path: string,
  content: { readonly stream: Readable; readonly sizeBytes: number },
): FastifyReply {
  const name = encodeURIComponent(path.split('/').at(-1) ?? 'file');
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-length', content.sizeBytes)
    .type('application/octet-stream')
    .send(content.stream);
}
