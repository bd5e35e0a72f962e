// What the sign-in pages' own forms have in common.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthError } from '../oauth-error.ts';
import { parseForm, type TokenForm } from '../token-request.ts';
import { type Words, wordsFor } from './language.ts';
import { pageHeaders } from './page.ts';

/** @throws OAuthError INVALID_REQUEST for a form that another site has made the browser send. */
export function ownForm({ headers, body }: FastifyRequest): TokenForm {
  const from = headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin' && from !== 'none') {
    throw new OAuthError('INVALID_REQUEST', 'The form must be sent by the page itself.');
  }
  return parseForm(body);
}

export function words({ headers }: FastifyRequest): Words {
  return wordsFor(headers['accept-language']);
}

export function sendPage(reply: FastifyReply, body: string, status = 200): FastifyReply {
  return reply.code(status).headers(pageHeaders).type('text/html; charset=utf-8').send(body);
}
