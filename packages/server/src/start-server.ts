// A server from nothing to serving: the workspace, the engines, the address, and only then the work
// that an earlier server has left. And the way back.
import { openEndpointManager } from '@ridgeline/endpoints';
import { JobEngine } from '@ridgeline/jobs';
import { openWorkspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp } from './app.ts';
import { ServerError } from './errors/server-error.ts';
import type { ServerContext } from './server-context.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';

export interface ServerOptions {
  /** The workspace's folder; made if it is not there. */
  readonly folder: string;
  /** Default `127.0.0.1`: this machine alone. */
  readonly host?: string;
  /** Default 5757; 0 takes any free one. */
  readonly port?: number;
  readonly allowedHosts?: readonly string[];
  /** How many steps of jobs run at once; default: the number of processors. */
  readonly slots?: number;
  readonly logger?: AppOptions['logger'];
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:5757`. */
  readonly url: string;
  /** The token of the workspace's owner. */
  readonly token: string;
  /** The workspace's folder, absolute. */
  readonly folder: string;
  /** Stops what runs, keeps what is open for the next start, and frees the workspace. */
  close(): Promise<void>;
}

export const defaultPort = 5757;

/** @throws ServerError PORT_IN_USE, ADDRESS_NOT_AVAILABLE, and the errors of opening a workspace */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const workspace = await openWorkspace({ folder: options.folder });
  let url = '';
  const address = () => url;
  let app: FastifyInstance | null = null;
  const onInternalError = (jobId: string, error: unknown) => app?.log.error({ jobId, err: error });
  try {
    const { slots } = options;
    const jobs = await JobEngine.open(workspace, {
      trackingUrl: address,
      onInternalError,
      ...(slots !== undefined && { limits: { slots } }),
    });
    const endpoints = await openEndpointManager(workspace, { publicUrl: address });
    const context = { workspace, jobs, endpoints };
    app = await buildApp(context, {
      logger: options.logger ?? { level: 'warn' },
      allowedHosts: options.allowedHosts ?? [],
    });
    url = await listen(app, options.host ?? '127.0.0.1', options.port ?? defaultPort);
    const token = await workspace.identity.adminToken();
    await writeServerFile(workspace.folder, { url, token, pid: process.pid });
    await endpoints.start();
    await jobs.start();
    const running = app;
    return { url, token, folder: workspace.folder, close: () => close(running, context) };
  } catch (error) {
    await app?.close();
    await workspace.close();
    throw error;
  }
}

// Steps report to the server until they have ended, so it answers until then; its port is free when
// this resolves.
async function close(app: FastifyInstance, context: ServerContext): Promise<void> {
  await context.jobs.stop();
  await app.close();
  await context.endpoints.stop();
  await removeServerFile(context.workspace.folder);
  await context.workspace.close();
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      const message = `port ${port} on ${host} is in use; stop what uses it, or choose another with --port`;
      throw new ServerError('PORT_IN_USE', message, { cause: error });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      const message = `this machine has no address '${host}'; choose another with --host`;
      throw new ServerError('ADDRESS_NOT_AVAILABLE', message, { cause: error });
    }
    throw error;
  }
}
