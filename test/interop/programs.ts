// Which programs of other languages this machine has.
import { spawnSync } from 'node:child_process';

export function hasProgram(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The title of tests that need a program: with the reason where they are skipped. */
export function titleOf(title: string, isThere: boolean, program: string): string {
  return isThere ? title : `${title} (skipped: this machine has no ${program})`;
}
