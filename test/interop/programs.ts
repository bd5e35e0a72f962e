// Which programs of other languages this machine has.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function hasProgram(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The title of tests that need a program: with the reason where they are skipped. */
export function titleOf(title: string, isThere: boolean, program: string): string {
  return isThere ? title : `${title} (skipped: this machine has no ${program})`;
}

/** The call that fetches a Python package: it succeeds where pip reaches a registry. */
export function downloadOf(name: string): [string, ...string[]] {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-download-'));
  return ['python3', '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, name];
}
