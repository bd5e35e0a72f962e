// What all of Azure ML's routes have in common: errors in Azure's shape, bodies as Azure takes them,
// and the name of the workspace in their addresses.
import type { FastifyInstance } from 'fastify';
import { replyWithAzureError } from '../errors/error-reply.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { isSameWorkspace } from './canonical-url.ts';
import { readAnyJson } from './read-body.ts';

/** For all routes of `app`, which must be a scope of its own. */
export function speakAzure(app: FastifyInstance, { workspaceName }: ServerContext): void {
  app.setErrorHandler(replyWithAzureError);
  readAnyJson(app);
  app.addHook('preParsing', async ({ params }) => {
    const { workspace } = params as { workspace?: string };
    if (workspace === undefined || isSameWorkspace(workspace, workspaceName)) return;
    const message =
      `this server has no workspace '${workspace.slice(0, 60).toWellFormed()}': it serves ` +
      `'${workspaceName}', which 'ridgeline up --workspace-name NAME' changes`;
    throw new ServerError('WORKSPACE_NOT_FOUND', message);
  });
}
