// The real Azure CLI in the place of the stand-in, where it is asked for: the next `az` on the PATH.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { findProgram, withoutAzStandIn } from '@ridgeline/azure-pipelines';
import { AzError } from './az-error.ts';

/** Gives its exit code. @throws AzError AZ_REAL_NOT_FOUND */
export async function runRealAz(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const rest = withoutAzStandIn(env);
  const az = findProgram('az', rest);
  if (az === undefined) throw notFound();
  const child = spawn(az, words, { stdio: 'inherit', env: rest });
  // Ctrl-C reaches the child too: its end is what counts.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
}

function notFound(): AzError {
  const message =
    "the real Azure CLI is asked for (RIDGELINE_AZ is 'real'), and none is on the PATH; install it (https://aka.ms/install-azure-cli), or take the variable away for the stand-in";
  return new AzError('AZ_REAL_NOT_FOUND', message);
}
