// The authorization server's addresses, below the tenant as Microsoft Entra has them. Anyone may call
// them: they are where tokens come from.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anyone } from '../auth/access.ts';
import { toErrorAnswer } from '../errors/error-answer.ts';
import type { Authority } from './authority.ts';
import { type TokenCall, tokenByResource, tokenByScope } from './client-credentials.ts';
import { ClientGate } from './client-proof.ts';
import { grantTypes, jwks, metadata, resourceMetadata } from './metadata.ts';
import { OAuthError, replyWithOAuthError } from './oauth-error.ts';
import { PeopleDoor } from './people-door.ts';
import { peopleRoutes } from './people-routes.ts';
import { parseForm, required } from './token-request.ts';

const tags = ['oauth'];
const bodyLimit = 64 * 1024;
const consumes = ['application/x-www-form-urlencoded'];

export function oauthRoutes(app: FastifyInstance, authority: Authority): void {
  const about = { tags, summary: 'Which authorization server gives tokens for this server' };
  const wellKnown = '/.well-known/oauth-protected-resource';
  app.get(wellKnown, { ...anyone, schema: about }, async () => resourceMetadata(authority));
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'buffer', bodyLimit },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler(replyWithProblem);
    scope.addHook('preHandler', async ({ params }) => assertTenant(authority, params));
    scope.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      reply.header('pragma', 'no-cache');
    });
    const door = new PeopleDoor(authority, app.log);
    metadataRoutes(scope, authority);
    tokenRoutes(scope, authority, door);
    peopleRoutes(scope, authority, door);
  });
}

function metadataRoutes(app: FastifyInstance, authority: Authority): void {
  const about = { tags, summary: 'What the authorization server offers, and where' };
  const keys = { tags, summary: 'The public keys of the tokens, as a JWK set' };
  app.get(
    '/:tenant/v2.0/.well-known/openid-configuration',
    { ...anyone, schema: about },
    async () => metadata(authority),
  );
  app.get('/:tenant/discovery/v2.0/keys', { ...anyone, schema: keys }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(await jwks(authority)),
  );
}

function tokenRoutes(app: FastifyInstance, authority: Authority, door: PeopleDoor): void {
  const gate = new ClientGate(authority);
  const v2 = { tags, summary: 'A token: client credentials, or what a sign-in gave', consumes };
  const v1 = { tags, summary: 'A token by client credentials, in the form of version 1', consumes };

  app.post('/:tenant/oauth2/v2.0/token', { ...anyone, schema: v2 }, async (request, reply) => {
    const call = callOf(request);
    const grantType = required(call.form, 'grant_type');
    if (grantType === 'client_credentials') return tokenByScope(authority, gate, call);
    assertGrantType(grantType, grantTypes);
    await door.answer(request, reply);
    return reply;
  });

  app.post('/:tenant/oauth2/token', { ...anyone, schema: v1 }, async (request) => {
    const call = callOf(request);
    assertGrantType(required(call.form, 'grant_type'), ['client_credentials']);
    return tokenByResource(authority, gate, call);
  });
}

function callOf({ body, headers, ip }: FastifyRequest): TokenCall {
  return { form: parseForm(body), authorization: headers.authorization, place: ip };
}

function assertGrantType(given: string, supported: readonly string[]): void {
  if (supported.includes(given)) return;
  const message = `The grant type is not supported here; ${supported.join(', ')} ${supported.length > 1 ? 'are' : 'is'}.`;
  throw new OAuthError('GRANT_TYPE_UNSUPPORTED', message);
}

async function assertTenant(authority: Authority, params: unknown): Promise<void> {
  const { tenant } = params as { readonly tenant: string };
  if (await authority.identity.tenants.isTenant(tenant)) return;
  const message = `Tenant '${tenant.slice(0, 100).replace(/[^\x20-\x7e]/g, '?')}' not found; 'ridgeline tenant list' shows the names of this one.`;
  throw new OAuthError('TENANT_UNKNOWN', message);
}

function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  if (error instanceof OAuthError) return replyWithOAuthError(reply, error);
  const { statusCode } = error as { readonly statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode < 500) {
    const message = 'The request could not be read: it must be a form of at most 64 KiB.';
    return replyWithOAuthError(reply, new OAuthError('INVALID_REQUEST', message));
  }
  request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
  if ([503, 507].includes(toErrorAnswer(error, request).status)) {
    const message = 'The server cannot reach or write its database now; try again later.';
    return replyWithOAuthError(reply, new OAuthError('UNAVAILABLE', message));
  }
  return reply
    .code(500)
    .send({ error: 'server_error', error_description: 'The log of the server says what.' });
}
