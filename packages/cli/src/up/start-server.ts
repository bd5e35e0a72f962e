// Starts the server of `ridgeline up`, and starts it again where it has lost its database or its turn.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '@ridgeline/server';
import { azFolder } from '../az/az-folder.ts';
import { databaseAddress } from '../commands/database-address.ts';
import { printNote } from '../output/print.ts';
import type { UpOptions } from './up-options.ts';

const startAgainMs = 2_000;

// Loaded here and not above: the other commands start in a fraction of the time without a server.
export async function start(options: UpOptions): Promise<RunningServer> {
  const { startServer } = await import('@ridgeline/server');
  const { workspace, host, port, slots, allowHost, publicUrl, workspaceName, corsOrigin } = options;
  const database = databaseAddress(options.database);
  return startServer({
    folder: workspace,
    host,
    allowedHosts: allowHost,
    azFolder,
    corsOrigins: corsOrigin,
    workspaceName,
    ...(port !== undefined && { port }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(slots !== undefined && { slots }),
    ...(database !== undefined && { database }),
    ...(options.artifacts !== undefined && { artifacts: options.artifacts }),
    allowPrivateWebhooks: options.allowPrivateWebhooks === true,
  });
}

/** A database that goes away once more is waited for; null where nobody wants it any more. */
export async function startAgain(
  options: UpOptions,
  interrupted: Promise<'interrupted'>,
): Promise<RunningServer | null> {
  for (;;) {
    try {
      return await start(options);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'DATABASE_UNREACHABLE') throw error;
      printNote((error as Error).message);
    }
    if ((await Promise.race([interrupted, sleep(startAgainMs)])) === 'interrupted') return null;
  }
}
