// Ends the processes of a step that have left its process group, as `setsid` makes them do. Linux
// shows the environment that a process was started with, and all of a step's have its mark in
// theirs, unless they take it out. On other systems such processes are not found.
import { readdir, readFile } from 'node:fs/promises';

/** The variable by which a step's processes are known. */
export const markVariable = 'RIDGELINE_STEP_MARK';

// A process may fork while others are looked at; its children are found in the next round.
const maxRounds = 10;

/** @param mark the value of the variable, which no other step has. */
export async function killStrays(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let round = 0; round < maxRounds; round += 1) {
    const strays = await findStrays(Buffer.from(`${markVariable}=${mark}\0`));
    if (strays.length === 0) return;
    for (const pid of strays) kill(pid);
  }
}

async function findStrays(marked: Buffer): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => ((await isMarked(pid, marked)) ? pid : 0)),
  );
  return found.filter((pid) => pid > 0);
}

async function isMarked(pid: number, marked: Buffer): Promise<boolean> {
  // Of another user, or gone: not one of ours. A zombie has none, and has ended.
  const environment = await readFile(`/proc/${pid}/environ`).catch(() => null);
  return environment?.includes(marked) ?? false;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
