export { type AppOptions, buildApp } from './app.ts';
export { ServerError, type ServerErrorCode } from './errors/server-error.ts';
export type { ServerContext } from './server-context.ts';
export { readServerFile, type ServerFile } from './server-file.ts';
export {
  defaultPort,
  type RunningServer,
  type ServerOptions,
  startServer,
} from './start-server.ts';
export { version } from './version.ts';
