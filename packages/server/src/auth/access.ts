// Who may do what. A route says who may use it; without a word it is the workspace's owners alone.
import { type AgentConnections, type AgentRow, isAgentCredential } from '@ridgeline/delivery';
import { includesRole, type Principal, type Role } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServerError } from '../errors/server-error.ts';
import type { Bearer } from '../oauth/bearer.ts';
import { mayBeRaised } from './hold-permissions.ts';
import { requestToken } from './request-token.ts';
import type { Touches } from './touch.ts';

/**
 * `anyone`: no token is asked for. `reader`, `contributor`, `owner`: people, service principals and
 * tokens of that role or a higher one. `…OrStep`: also the steps of jobs, whose tokens end with them.
 * `agent`: agents alone, whose credentials open nothing else.
 */
export type Access =
  | 'anyone'
  | 'reader'
  | 'readerOrStep'
  | 'contributor'
  | 'contributorOrStep'
  | 'owner'
  | 'agent';

export type { Principal };

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access;
    /** Without a word, all of the workspace. */
    readonly touches?: Touches;
  }
  interface FastifyRequest {
    /** Null on routes that are open to anyone. */
    principal: Principal | null;
    /** Whether their role is too little, and a permission on what is touched has to do. */
    isBelowRole: boolean;
    /** On routes for agents: the one that asks. */
    agent: AgentRow | null;
  }
}

export const anyone = { config: { access: 'anyone' } } as const;
export const owner = { config: { access: 'owner' } } as const;
export const agentOnly = { config: { access: 'agent' } } as const;

interface Rule {
  readonly role: Role;
  readonly steps: boolean;
}

const rules: Readonly<Record<Exclude<Access, 'anyone' | 'agent'>, Rule>> = {
  reader: { role: 'Reader', steps: false },
  readerOrStep: { role: 'Reader', steps: true },
  contributor: { role: 'Contributor', steps: false },
  contributorOrStep: { role: 'Contributor', steps: true },
  owner: { role: 'Owner', steps: false },
};

/** Checks every request of `app`, also those that no route takes. */
export function requireAccess(
  app: FastifyInstance,
  bearer: Bearer,
  agents: AgentConnections,
): void {
  app.decorateRequest('principal', null);
  app.decorateRequest('isBelowRole', false);
  app.decorateRequest('agent', null);
  app.addHook('onRequest', async (request) => {
    const { headers, is404, routeOptions } = request;
    // That there is nothing may be known to all who may know anything.
    const access = is404 ? 'readerOrStep' : (routeOptions.config.access ?? 'owner');
    if (access === 'anyone') return;
    const token = tokenOf(headers.authorization);
    if (isAgentCredential(token)) {
      request.agent = authenticateAgent(token, access, agents);
      return;
    }
    request.principal = await bearer.authenticate(token);
    if (access === 'agent') throw notAnAgent(request.principal);
    request.isBelowRole = !hasRole(request.principal, rules[access]);
    if (request.isBelowRole) assertMayBeRaised(request.principal, rules[access], request);
  });
}

function tokenOf(authorization: string | undefined): string {
  const token = requestToken(authorization);
  if (token !== null) return token;
  throw new ServerError(
    'UNAUTHENTICATED',
    "a token is needed: send 'Authorization: Bearer <token>' (the server prints it when it starts)",
  );
}

/** The credential of an agent opens the routes of agents, and no other. */
function authenticateAgent(token: string, access: Access, agents: AgentConnections): AgentRow {
  const agent = agents.authenticate(token);
  if (agent === undefined) {
    const message = 'this agent is not known, or no longer; register it anew';
    throw new ServerError('UNAUTHENTICATED', message);
  }
  if (access === 'agent') return agent;
  const message = `the credential of the agent '${agent.name}' opens the routes of agents alone`;
  throw new ServerError('PERMISSION_DENIED', message);
}

function notAnAgent({ name }: Principal): ServerError {
  const message = `${name} is no agent; a machine becomes one by 'ridgeline agent start'`;
  return new ServerError('PERMISSION_DENIED', message);
}

function hasRole(principal: Principal, rule: Rule): boolean {
  return principal.kind === 'step' ? rule.steps : includesRole(principal.role, rule.role);
}

/** What a permission of their own on what is touched can still allow. */
function assertMayBeRaised(principal: Principal, rule: Rule, request: FastifyRequest): void {
  const { method, routeOptions } = request;
  const isStep = principal.kind === 'step';
  if (!isStep && mayBeRaised(principal, routeOptions.config.touches)) return;
  const what = `may not use ${method} ${routeOptions.url}`;
  const why = isStep
    ? `the token of a step ${what}`
    : `${principal.name} ${what}: it needs the role ${rule.role}, and theirs is ${principal.role}; ` +
      'an owner of the workspace can change that';
  throw new ServerError('PERMISSION_DENIED', why);
}
