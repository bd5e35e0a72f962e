// The addresses that people's browsers and the command line go to when somebody signs in.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anyone } from '../auth/access.ts';
import type { Authority } from './authority.ts';
import { OAuthError } from './oauth-error.ts';
import type { PeopleDoor } from './people-door.ts';
import { invitationRoutes } from './sign-in/invitation-routes.ts';
import { signInRoutes } from './sign-in/sign-in-routes.ts';
import { TryLimit } from './try-limit.ts';

const tags = ['oauth'];
const consumes = ['application/x-www-form-urlencoded'];

/** What the library answers by itself: method, address below the tenant, summary. */
const answered = [
  ['GET', 'oauth2/v2.0/authorize/:uid', 'Go on with a sign-in'],
  ['GET', 'oauth2/deviceauth/:uid', 'Go on with a sign-in by a code'],
  ['GET', 'oidc/userinfo', 'Who has signed in'],
  ['POST', 'oauth2/v2.0/revoke', 'End a token, and what came of the same sign-in'],
] as const;

/** The same, where something could be guessed, or heaped up; and how often a minute from one place. */
const limited = [
  ['GET', 'oauth2/v2.0/authorize', 'Begin a sign-in in a browser (code with PKCE)', 120],
  ['GET', 'oauth2/deviceauth', 'Where a person types the code that a terminal shows', 60],
  ['POST', 'oauth2/v2.0/devicecode', 'Begin a sign-in by a code', 30],
  ['POST', 'oauth2/deviceauth', 'The code that a person has typed', 30],
] as const;

export function peopleRoutes(app: FastifyInstance, authority: Authority, door: PeopleDoor): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    await door.answer(request, reply);
    return reply;
  };
  for (const [method, path, summary] of answered) {
    app.route({
      method,
      url: `/:tenant/${path}`,
      ...anyone,
      schema: schemaOf(method, summary),
      handler: answer,
    });
  }
  for (const [method, path, summary, triesPerMinute] of limited) {
    const tries = new TryLimit(triesPerMinute, 60_000);
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      if (tries.isReached(request.ip)) {
        throw new OAuthError('TOO_MANY_TRIES', 'Too many tries; wait a minute.');
      }
      tries.note(request.ip);
      return answer(request, reply);
    };
    app.route({
      method,
      url: `/:tenant/${path}`,
      ...anyone,
      schema: schemaOf(method, summary),
      handler,
    });
  }
  signInRoutes(app, authority, door);
  invitationRoutes(app, authority);
}

function schemaOf(method: 'GET' | 'POST', summary: string) {
  return { tags, summary, ...(method === 'POST' && { consumes }) };
}
