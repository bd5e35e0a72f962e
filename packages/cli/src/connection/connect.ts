// Finds the server that a command is for: the one that is named, or the one that runs on this
// machine for the workspace's folder.
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { readServerFile } from '@ridgeline/server/server-file';
import { CliError } from '../errors.ts';
import type { CommonOptions } from './common-options.ts';

// Somebody waits at the terminal: give up soon where nothing answers.
const retryForMs = 3_000;

/** @throws CliError NOT_CONNECTED */
export async function connect(options: CommonOptions): Promise<RidgelineClient> {
  const url = options.url ?? process.env.RIDGELINE_URL;
  if (url !== undefined) {
    const token = process.env.RIDGELINE_TOKEN;
    if (token === undefined) {
      const message = `the server at ${url} needs a token: set RIDGELINE_TOKEN to it`;
      throw new CliError('NOT_CONNECTED', message);
    }
    return new RidgelineClient({ url, token, retryForMs });
  }
  const server = await readServerFile(options.workspace);
  if (server === null || !isAlive(server.pid)) {
    const folder = path.resolve(options.workspace);
    throw new CliError(
      'NOT_CONNECTED',
      `no server runs for the workspace ${folder}; start one with 'ridgeline up', name its folder with --workspace, or set RIDGELINE_URL and RIDGELINE_TOKEN`,
    );
  }
  return new RidgelineClient({ url: server.url, token: server.token, retryForMs });
}

// A server that was killed leaves its file behind.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
