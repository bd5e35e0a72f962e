// Who may do what. A route says who may use it; without a word it is the workspace's owner alone.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';
import { requestToken } from './request-token.ts';

/**
 * `anyone`: no token is asked for. `steps`: also the steps of jobs, whose tokens end with them.
 * `owner`: the workspace's own token only.
 */
export type Access = 'anyone' | 'steps' | 'owner';

export type Principal = NonNullable<Awaited<ReturnType<Workspace['identity']['authenticate']>>>;

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access;
  }
  interface FastifyRequest {
    /** Null on routes that are open to anyone. */
    principal: Principal | null;
  }
}

export const anyone = { config: { access: 'anyone' } } as const;
export const steps = { config: { access: 'steps' } } as const;

/** Checks every request of `app`, also those that no route takes. */
export function requireAccess(app: FastifyInstance, { identity }: Workspace): void {
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const { method, headers, is404, routeOptions } = request;
    // That there is nothing may be known to all who may know anything.
    const access = is404 ? 'steps' : (routeOptions.config.access ?? 'owner');
    if (access === 'anyone') return;
    request.principal = await authenticate(identity, headers.authorization);
    if (access === 'owner' && request.principal.kind === 'step') {
      const message = `the token of a step may not use ${method} ${routeOptions.url}`;
      throw new ServerError('PERMISSION_DENIED', message);
    }
  });
}

async function authenticate(
  identity: Workspace['identity'],
  authorization: string | undefined,
): Promise<Principal> {
  const token = requestToken(authorization);
  if (token === null) {
    throw new ServerError(
      'UNAUTHENTICATED',
      "a token is needed: send 'Authorization: Bearer <token>' (the server prints it when it starts)",
    );
  }
  const principal = await identity.authenticate(token);
  if (principal === null) {
    throw new ServerError('UNAUTHENTICATED', 'this token is not valid, or no longer');
  }
  return principal;
}
