// A server from nothing to serving: the workspace, the engines, the address, and only then the work
// that an earlier server has left. And the way back.
import { openWorkspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp } from './app.ts';
import { EngineKeeper, type KeeperTiming } from './engine-keeper.ts';
import { ServerError } from './errors/server-error.ts';
import { listen } from './http/listen.ts';
import { enginesOf, openEngines } from './open-engines.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';

export interface ServerOptions {
  /** The workspace's folder; made if it is not there. */
  readonly folder: string;
  /** An address of Postgres; default: RIDGELINE_DATABASE, or a file of the folder. */
  readonly database?: string;
  /** An object store for artifacts; default: RIDGELINE_ARTIFACTS, or where they have gone so far. */
  readonly artifacts?: string;
  /** Default `127.0.0.1`: this machine alone. */
  readonly host?: string;
  /** Default 5757; 0 takes any free one. */
  readonly port?: number;
  /** Host names that the server answers for, besides `host`, `localhost` and numeric addresses. */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages that may call the API, such as `https://app.example`; default none. */
  readonly corsOrigins?: readonly string[];
  /** Where others reach the server, such as `https://ml.example`; default: where it listens. */
  readonly publicUrl?: string;
  /** How many steps of jobs run at once; default: the number of processors. */
  readonly slots?: number;
  /** How long an agent on another machine that is not heard keeps its jobs; default 60,000. */
  readonly agentLeaseMs?: number;
  /** Holds the `az` that steps of builds find first on their PATH. */
  readonly azFolder?: string;
  /** What Azure ML's addresses call this workspace; default `ridgeline`. */
  readonly workspaceName?: string;
  /** Whether webhooks may send to addresses that are not of the public internet; default false. */
  readonly allowPrivateWebhooks?: boolean;
  /** Default: warnings and errors, as lines of JSON on stderr. */
  readonly logger?: AppOptions['logger'];
  /** How quickly the engines move to another server of the same workspace. */
  readonly engineTiming?: Partial<KeeperTiming>;
  /** How long requests may go on after `close` before they are cut off; default 10,000. */
  readonly closeGraceMs?: number;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:5757`. */
  readonly url: string;
  /** The token of the workspace's owner. */
  readonly token: string;
  /** The workspace's folder, absolute. */
  readonly folder: string;
  /** Whether it ran them when it started; another server of the workspace does otherwise. */
  readonly runsEngines: boolean;
  /**
   * Resolves when another server has taken over the engines, or the database was away for long and
   * is back: to run them again, close this server and start another one. Never with SQLite.
   */
  readonly lost: Promise<void>;
  /**
   * Stops what runs, keeps what is open for the next start, and frees the workspace and the port.
   * May be called again, and then waits for the same end.
   */
  close(): Promise<void>;
}

export const defaultPort = 5757;
const defaultCloseGraceMs = 10_000;

/**
 * What fails leaves nothing open behind it.
 * @throws ServerError PUBLIC_URL_INVALID, PORT_INVALID, PORT_IN_USE, PORT_NOT_PERMITTED, ADDRESS_NOT_AVAILABLE, and the
 *   errors of opening a workspace
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  // What is opened last is closed first.
  await using opened = new AsyncDisposableStack();
  const workspace = await openWorkspace({
    folder: options.folder,
    database: options.database,
    artifacts: options.artifacts,
    localSlots: options.slots,
    allowPrivateWebhooks: options.allowPrivateWebhooks,
  });
  const { folder } = workspace;
  opened.defer(() => workspace.close());
  // A server that was killed has left its own; that it is gone, the workspace's lock has shown.
  await removeServerFile(folder);

  let url = '';
  const context = await openEngines(workspace, options, () => url, report);
  opened.defer(() => context.endpoints.stop());
  const keeper = new EngineKeeper({
    lease: workspace.database.lease(),
    engines: enginesOf(context, report),
    report: (err) => report({ err }),
    timing: options.engineTiming,
  });

  const { host = '127.0.0.1', port = defaultPort } = options;
  // Between listening and being ready there is a moment in which requests have to wait: a job that
  // came in then would be taken up twice.
  const started = Promise.withResolvers<void>();
  const app = await buildApp(context, {
    logger: options.logger ?? { level: 'warn', stream: process.stderr },
    allowedHosts: [host, ...publicHosts(options.publicUrl), ...(options.allowedHosts ?? [])],
    corsOrigins: options.corsOrigins ?? [],
    publicUrl: () => options.publicUrl ?? url,
    started: started.promise,
    enginesAreRunning: () => keeper.isRunning,
  });
  opened.defer(() => closeApp(app, options.closeGraceMs ?? defaultCloseGraceMs));
  url = await listen(app, host, port);
  // Steps report to the server until they have ended, so it answers until then.
  opened.defer(() => keeper.stop());
  try {
    await keeper.start();
  } finally {
    started.resolve();
  }

  const token = await workspace.identity.adminToken();
  await writeServerFile(folder, { url, token, pid: process.pid });
  opened.defer(() => removeServerFile(folder));
  return {
    ...{ url, token, folder, lost: keeper.lost },
    runsEngines: keeper.isRunning,
    close: closeOnce(opened.move()),
  };

  function report(details: object): void {
    app.log.error(details, 'something went wrong behind the scenes');
  }
}

/** @throws ServerError PUBLIC_URL_INVALID */
function publicHosts(publicUrl: string | undefined): readonly string[] {
  if (publicUrl === undefined) return [];
  const url = URL.parse(publicUrl);
  if (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.username === ''
  ) {
    return [url.hostname];
  }
  const message = `'${publicUrl}' is no address such as https://ml.example, without a path`;
  throw new ServerError('PUBLIC_URL_INVALID', message);
}

function closeOnce(opened: AsyncDisposableStack): () => Promise<void> {
  let closed: Promise<void> | null = null;
  return () => {
    closed ??= opened.disposeAsync();
    return closed;
  };
}

async function closeApp(app: FastifyInstance, graceMs: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cutOff);
  }
}
