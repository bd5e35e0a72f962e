// A stored file as an answer, or a range of its bytes.
import type { FileContent } from '@ridgeline/workspace';
import type { FastifyReply } from 'fastify';

/** Never shown in a browser as a page of this server: what is stored was written by others. */
export function sendFile(
  reply: FastifyReply,
  path: string,
  { stream, sizeBytes, range }: FileContent,
): FastifyReply {
  if (range !== undefined) {
    const { startByte, totalBytes } = range;
    const last = startByte + sizeBytes - 1;
    reply.code(206).header('content-range', `bytes ${startByte}-${last}/${totalBytes}`);
  }
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodedName(path)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-length', sizeBytes)
    .type('application/octet-stream')
    .send(stream);
}

/** The last part of a path, as RFC 8187 has it: stricter than a URL's parts. */
function encodedName(path: string): string {
  const name = encodeURIComponent(path.split('/').at(-1) ?? '');
  return name.replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
