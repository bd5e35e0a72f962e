// The public face of the server. Who only looks for a running one imports `./server-file`, which
// loads nothing else.

export { type AppOptions, buildApp } from './app.ts';
export { ServerError, type ServerErrorCode } from './errors/server-error.ts';
export type { ServerContext } from './server-context.ts';
export {
  defaultPort,
  type RunningServer,
  type ServerOptions,
  startServer,
} from './start-server.ts';
export { version } from './version.ts';
