// Ends processes: a whole group by a signal, and what has left its group by a mark in its
// environment.

import { readdir, readFile } from 'node:fs/promises';

/** In the environment of every process of a job; tools that start daemons can clear it. */
export const lookupVariable = 'VSTS_PROCESS_LOOKUP_ID';

/** False when no process of the group is there any more. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/** Kills every process that carries the mark, wherever it has gone. Only Linux shows it. */
export async function killMarked(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const entry = Buffer.from(`${lookupVariable}=${mark}\0`);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await readFile(`/proc/${name}/environ`).catch(() => undefined);
    if (environment?.includes(entry) === true) killOne(Number(name));
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
