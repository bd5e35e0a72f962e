// Who may do what. A route says who may use it; without a word it is the workspace's owners alone.
import { includesRole, type Principal, type Role } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServerError } from '../errors/server-error.ts';
import type { Bearer } from '../oauth/bearer.ts';
import { requestToken } from './request-token.ts';

/**
 * `anyone`: no token is asked for. `reader`, `contributor`, `owner`: people, service principals and
 * tokens of that role or a higher one. `…OrStep`: also the steps of jobs, whose tokens end with them.
 */
export type Access =
  | 'anyone'
  | 'reader'
  | 'readerOrStep'
  | 'contributor'
  | 'contributorOrStep'
  | 'owner';

export type { Principal };

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
export const reader = { config: { access: 'reader' } } as const;
export const readerOrStep = { config: { access: 'readerOrStep' } } as const;
export const contributor = { config: { access: 'contributor' } } as const;
export const contributorOrStep = { config: { access: 'contributorOrStep' } } as const;
export const owner = { config: { access: 'owner' } } as const;

interface Rule {
  readonly role: Role;
  readonly steps: boolean;
}

const rules: Readonly<Record<Exclude<Access, 'anyone'>, Rule>> = {
  reader: { role: 'Reader', steps: false },
  readerOrStep: { role: 'Reader', steps: true },
  contributor: { role: 'Contributor', steps: false },
  contributorOrStep: { role: 'Contributor', steps: true },
  owner: { role: 'Owner', steps: false },
};

/** Checks every request of `app`, also those that no route takes. */
export function requireAccess(app: FastifyInstance, bearer: Bearer): void {
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const { headers, is404, routeOptions } = request;
    // That there is nothing may be known to all who may know anything.
    const access = is404 ? 'readerOrStep' : (routeOptions.config.access ?? 'owner');
    if (access === 'anyone') return;
    request.principal = await authenticate(bearer, headers.authorization);
    assertMay(request.principal, rules[access], request);
  });
}

async function authenticate(bearer: Bearer, authorization: string | undefined): Promise<Principal> {
  const token = requestToken(authorization);
  if (token === null) {
    throw new ServerError(
      'UNAUTHENTICATED',
      "a token is needed: send 'Authorization: Bearer <token>' (the server prints it when it starts)",
    );
  }
  return bearer.authenticate(token);
}

function assertMay(principal: Principal, rule: Rule, request: FastifyRequest): void {
  const isStep = principal.kind === 'step';
  if (isStep ? rule.steps : includesRole(principal.role, rule.role)) return;
  const { method, routeOptions } = request;
  const what = `may not use ${method} ${routeOptions.url}`;
  const why = isStep
    ? `the token of a step ${what}`
    : `${principal.name} ${what}: it needs the role ${rule.role}, and theirs is ${principal.role}; ` +
      'an owner of the workspace can change that';
  throw new ServerError('PERMISSION_DENIED', why);
}
