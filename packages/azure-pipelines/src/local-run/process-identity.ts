// Which process runs a run. A number alone does not tell: the system gives it to another process
// later, so the time at which the process began stands beside it where the system says it.
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own clock ticks; null where it cannot be told. */
  readonly startedAtTicks: string | null;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAtTicks: startOf(process.pid) };
}

export function isAlive({ pid, startedAtTicks }: ProcessIdentity): boolean {
  if (!answers(pid)) return false;
  return startedAtTicks === null || startOf(pid) === startedAtTicks;
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The 22nd field of Linux's /proc/PID/stat, counted behind the name, which may hold blanks. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...others] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and whose parent has not yet asked for it runs nothing any more.
    return state === 'Z' ? 'ended' : (others[18] ?? null);
  } catch {
    return null;
  }
}
