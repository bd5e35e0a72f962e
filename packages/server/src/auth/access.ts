// Who may do what. A route says who may use it; without a word it is the workspace's owner alone.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
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
export function requireAccess(app: FastifyInstance, workspace: Workspace): void {
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access ?? 'owner';
    if (access === 'anyone') return;
    request.principal = await authenticate(workspace, request.headers.authorization);
    if (access === 'owner' && request.principal.kind === 'step') {
      throw new ServerError(
        'PERMISSION_DENIED',
        `the token of a step may not use ${request.method} ${request.routeOptions.url ?? 'this address'}`,
      );
    }
  });
}

/**
 * A step writes on the runs of its own job only.
 * @throws ServerError PERMISSION_DENIED
 */
export async function assertMayWriteRun(
  workspace: Workspace,
  { principal }: FastifyRequest,
  runId: string,
): Promise<void> {
  if (principal?.kind !== 'step' || runId === principal.runId || runId === principal.jobId) return;
  const { data } = await workspace.runs.get(runId);
  const parent = data.tags.find(({ key }) => key === 'mlflow.parentRunId')?.value;
  if (parent === principal.jobId || parent === principal.runId) return;
  throw new ServerError('PERMISSION_DENIED', `run ${runId} belongs to another job than this step`);
}

async function authenticate(
  workspace: Workspace,
  authorization: string | undefined,
): Promise<Principal> {
  const token = requestToken(authorization);
  if (token === null) {
    throw new ServerError(
      'UNAUTHENTICATED',
      "a token is needed: send 'Authorization: Bearer <token>' (the server prints it when it starts)",
    );
  }
  const principal = await workspace.identity.authenticate(token);
  if (principal === null) {
    throw new ServerError('UNAUTHENTICATED', 'this token is not valid, or no longer');
  }
  return principal;
}
