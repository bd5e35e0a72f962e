// The scoring process: one scoring server in a process of its own, configured by its environment.
// Owns what is the process's alone: signals, the parent's channel, exit codes, the ready message.

import { describeError, ScoringError, traceOf } from '../errors.ts';
import { noRequestId } from '../handler/request-context.ts';
import { createLog } from './log.ts';
import { type ScoringServer, startScoringServer } from './scoring-server.ts';
import { installScriptConsole } from './script-console.ts';
import { readSettings, secretVariables } from './settings.ts';

const log = createLog();
let server: ScoringServer | null = null;

process.on('exit', () => log.flush());
// The channel ends when the parent does, however it dies: nobody is left to serve for.
process.on('disconnect', () => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// A promise that a script forgot must not take down the requests of everybody else.
process.on('unhandledRejection', (error) => {
  log.error(noRequestId, `a promise of the scoring script was rejected: ${traceOf(error)}`);
});

try {
  const settings = readSettings(process.env);
  for (const name of secretVariables) delete process.env[name];
  installScriptConsole(log);
  server = await startScoringServer({ ...settings, log });
  announce({ event: 'ready', port: server.port, url: server.url });
} catch (error) {
  fail(error);
}

function announce(message: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
  process.send?.(message);
}

function fail(error: unknown): void {
  log.flush();
  process.stderr.write(`${describeError(error)}\n`);
  // Where in the script it went wrong is known to what the script threw.
  const cause = error instanceof ScoringError ? error.cause : undefined;
  if (cause !== undefined) process.stderr.write(`${traceOf(cause)}\n`);
  process.exit(1);
}

function stop(): void {
  // Before the server listens there is nothing to finish.
  void Promise.resolve(server?.close()).then(() => process.exit(0));
}
