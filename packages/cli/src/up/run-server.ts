// One server of `ridgeline up` from its start to its end: the project's life, then serving, until Ctrl-C or
// until another server has to be started.
import { flushCompileCache } from 'node:module';
import type { RunningServer } from '@ridgeline/server';
import { clientOf, liveOnce } from '../lifecycle/live-once.ts';
import { describeServer } from '../output/describe-server.ts';
import { printNote } from '../output/print.ts';
import type { UpOptions } from './up-options.ts';

/** @returns `lost` where a new start may run the engines again, or wait for its turn. */
export async function runServer(
  server: RunningServer,
  options: UpOptions,
  interrupted: Promise<'interrupted'>,
): Promise<'lost' | 'ended'> {
  const lost = server.lost.then(() => 'lost' as const);
  try {
    const life = liveOnce(server, options).then((goOn) => ({ goOn }));
    const end = await Promise.race([life, interrupted, lost]);
    if (end === 'interrupted') return await leave(server);
    if (end === 'lost') return 'lost';
    if (options.once === true) return 'ended';
    return await serve(server, end.goOn, [interrupted, lost]);
  } finally {
    await server.close();
  }
}

async function serve(
  server: RunningServer,
  goOn: string,
  ends: readonly Promise<'interrupted' | 'lost'>[],
): Promise<'lost' | 'ended'> {
  printNote(await describeServer(server, clientOf(server), goOn));
  // Node keeps what it has compiled when it exits: a server that is killed would start slowly for ever.
  flushCompileCache();
  if ((await Promise.race(ends)) === 'lost') return 'lost';
  printNote('\nStopping; the workspace stays as it is.');
  return 'ended';
}

// The life that was cut off would go on waiting for a server that is gone.
async function leave(server: RunningServer): Promise<never> {
  const builds = await clientOf(server).builds.list({ status: 'inProgress', limit: 3 });
  printNote('\nInterrupted; jobs that were under way go on when the server starts again.');
  for (const { id } of builds)
    printNote(
      `What ran of build ${id} has failed; 'ridgeline build rerun ${id}' goes on from there.`,
    );
  await server.close();
  process.exit(130);
}

/** Resolves at the first Ctrl-C or SIGTERM; later ones change nothing, as the way out is bounded. */
export function nextInterrupt(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => resolve('interrupted'));
    }
  });
}
